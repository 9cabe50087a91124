package dev.quire.kernel.session;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a cell failed.
 *
 * @param name the kind of error: the simple name of an exception, or {@code CompileError}
 * @param message what was wrong and what to do
 * @param places where, innermost first; empty where no line of a cell took part
 */
public record CellError(String name, String message, List<Place> places) {
    private static final String INDENT = "    ";

    public CellError {
        places = List.copyOf(places);
    }

    /** What a person reads: cell and line, that line, what was wrong. */
    public String text() {
        return (where() + "\n" + message).strip();
    }

    private String where() {
        if (places.isEmpty()) {
            return "";
        }
        Place place = places.get(0);
        String callers =
                places.stream().skip(1).map(caller -> ", called from " + caller).collect(Collectors.joining());
        String source = place.source().stripLeading();
        int shift = place.source().length() - source.length();
        String line = place + callers + "\n" + INDENT + source.stripTrailing();
        return place.column() < shift ? line : line + "\n" + INDENT + " ".repeat(place.column() - shift) + "^";
    }
}
