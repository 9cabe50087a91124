package dev.quire;

/**
 * Something a user can put right: the message says what is wrong, where, what came, what was expected and the remedy.
 * Front ends show the message alone.
 */
public class QuireException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public QuireException(String message) {
        super(message);
    }

    public QuireException(String message, Throwable cause) {
        super(message, cause);
    }
}
