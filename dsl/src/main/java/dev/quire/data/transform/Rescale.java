package dev.quire.data.transform;

/**
 * Multiplies every element, which becomes FLOAT32: {@code 1/255} brings bytes to 0..1.
 *
 * @param factor what to multiply by
 */
public record Rescale(double factor) implements Transform {}
