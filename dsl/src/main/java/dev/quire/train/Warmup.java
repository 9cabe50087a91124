package dev.quire.train;

/** The part of all steps in which the learning rate rises from 0 in a line. */
public record Warmup(double part) {}
