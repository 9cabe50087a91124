package dev.quire.kernel.jupyter.wire;

/** Frames that are no message for this kernel; the message says why. */
public final class BadMessage extends Exception {
    private static final long serialVersionUID = 1;

    public BadMessage(String why) {
        super(why);
    }
}
