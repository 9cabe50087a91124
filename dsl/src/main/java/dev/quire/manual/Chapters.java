package dev.quire.manual;

import java.util.List;
import java.util.ServiceLoader;

/** The chapters that are on the class path, looked for once, when help or completion is first asked. */
final class Chapters {
    static final List<Chapter> ALL = ServiceLoader.load(Chapter.class, Chapter.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private Chapters() {}
}
