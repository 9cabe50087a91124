package dev.quire.server.http;

import java.util.Locale;

/** Texts from clients and sizes, as problems show them. */
public final class SafeText {
    private static final int LONGEST = 60;

    private SafeText() {}

    /** Short, and without what a terminal would act on. */
    public static String shown(String text) {
        String plain = text.replaceAll("\\p{C}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
    }

    /** A number of bytes in words: {@code 16 MB}. */
    public static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%,d kB", bytes / 1000)
                : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
    }
}
