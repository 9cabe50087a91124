package dev.quire.kernel.jupyter;

/** Where text in UTF-8 may be cut. */
final class Utf8 {
    private static final int LONGEST = 4;

    private Utf8() {}

    /** How many of the first bytes are whole characters: all of them, or all but the beginning of the last one. */
    static int whole(byte[] bytes, int length) {
        for (int back = 1; back < LONGEST && back <= length; back++) {
            int value = bytes[length - back] & 0xFF;
            if (value < 0x80) {
                return length;
            }
            if (value >= 0xC0) {
                int size = value >= 0xF0 ? LONGEST : value >= 0xE0 ? 3 : 2;
                return size > back ? length - back : length;
            }
        }
        return length;
    }
}
