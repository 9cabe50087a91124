package dev.quire.server;

import dev.quire.manual.Chapter;
import dev.quire.manual.Vocabulary;
import java.util.List;

/** The words of the server, for help and completion. */
public final class ServerChapter implements Chapter {
    @Override
    public String words() {
        return "dev.quire.server.Serve";
    }

    @Override
    public List<Vocabulary.Group> groups() {
        return List.of(new Vocabulary.Group(
                "Serving", "var server = serve(run, port(8080));", List.of("serve", "draw", "port", "host")));
    }
}
