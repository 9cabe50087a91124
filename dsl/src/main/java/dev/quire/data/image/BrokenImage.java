package dev.quire.data.image;

/** A file that is no image that can be read; the message says why, without its name. */
final class BrokenImage extends Exception {
    private static final long serialVersionUID = 1;

    BrokenImage(String message) {
        super(message);
    }
}
