package dev.quire.data;

/** A part of a dataset. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
