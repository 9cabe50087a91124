package dev.quire.run;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Records the runs of each test below a folder, and those of others where they were before. */
public final class RunsBelow implements BeforeEachCallback, AfterEachCallback {
    private static final String PROPERTY = "quire.runs";

    private final Supplier<Path> folder;
    private @Nullable String before;

    /**
     * @param folder known when a test begins
     */
    public RunsBelow(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = System.getProperty(PROPERTY);
        System.setProperty(PROPERTY, folder.get().toString());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }
}
