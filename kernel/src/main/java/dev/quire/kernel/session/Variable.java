package dev.quire.kernel.session;

/**
 * A variable that a text declares.
 *
 * @param type as written, or as inferred for {@code var}
 */
public record Variable(String name, String type) {}
