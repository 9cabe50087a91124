package dev.quire.server.contract;

/** Kinds of client that the server speaks to in their own words. */
public enum Contract {
    /** A canvas that networks are drawn on: {@code /api/model}, {@code /api/deploy}, {@code /ws/training}. */
    CANVAS,
    /** A laboratory for digits: {@code /ws/train}, {@code /predict}. */
    DIGITS,
    /** A store of models: {@code /models}, {@code /jobs}, {@code /inference}. */
    STORE,
    /** A platform of projects and their runs: {@code /api/v1}. */
    PLATFORM,
    /** A service that trains one thing at a time: {@code /ping}, {@code /training}. */
    TRAINING
}
