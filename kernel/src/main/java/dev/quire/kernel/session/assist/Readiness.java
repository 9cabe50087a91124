package dev.quire.kernel.session.assist;

/**
 * Whether a text can be run as it is.
 *
 * @param state what it is
 * @param indent the white space that the next line begins with, where the text is not finished
 */
public record Readiness(State state, String indent) {
    public enum State {
        COMPLETE,
        INCOMPLETE,
        INVALID
    }
}
