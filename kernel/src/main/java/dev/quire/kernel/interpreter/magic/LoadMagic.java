package dev.quire.kernel.interpreter.magic;

import dev.quire.QuireException;
import dev.quire.kernel.session.CellError;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Failed;
import dev.quire.kernel.session.Place;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a file in the session. A package that a Java file names is left out, as a session has none. */
public record LoadMagic() implements Magic {
    private static final int NO_CELL = 0;
    private static final Pattern PACKAGE = Pattern.compile("(?m)^[ \\t]*package\\s+[\\w.]+\\s*;");

    @Override
    public String name() {
        return "%load";
    }

    @Override
    public String usage() {
        return "%load FILE";
    }

    @Override
    public String purpose() {
        return "Runs a .jsh or .java file in this session.";
    }

    @Override
    public CellResult run(Call call) throws InterruptedException, IOException {
        List<String> words = call.words();
        if (words.size() != 1) {
            throw call.misused("it takes one file, not " + words.size());
        }
        Path file = Paths.of(words.get(0));
        if (!Files.isRegularFile(file)) {
            throw new QuireException(
                    name() + ": there is no file " + file.toAbsolutePath().normalize());
        }
        CellResult result = call.session().run(NO_CELL, source(file));
        return result instanceof Failed failed ? new Failed(inFile(file, failed.error())) : result;
    }

    private static String source(Path file) throws IOException {
        try {
            Matcher named = PACKAGE.matcher(Files.readString(file));
            return named.replaceFirst(
                    match -> Matcher.quoteReplacement(match.group().replaceAll("\\S", " ")));
        } catch (MalformedInputException e) {
            throw new QuireException("%load: " + file + " is not text in UTF-8", e);
        }
    }

    private static CellError inFile(Path file, CellError error) {
        if (error.places().isEmpty()) {
            return error;
        }
        Place place = error.places().get(0);
        String where =
                file + ", line " + place.line() + "\n    " + place.source().strip() + "\n";
        return new CellError(error.name(), where + error.message(), List.of());
    }
}
