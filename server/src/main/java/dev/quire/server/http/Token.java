package dev.quire.server.http;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words that nobody guesses. */
public final class Token {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    /** A new one, in hexadecimal digits. */
    public static String fresh(int bytes) {
        byte[] drawn = new byte[bytes];
        RANDOM.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
