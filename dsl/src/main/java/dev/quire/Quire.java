package dev.quire;

/** The words of the language, for {@code import static dev.quire.Quire.*}: delegates, nothing else. */
public final class Quire {
    private Quire() {}
}
