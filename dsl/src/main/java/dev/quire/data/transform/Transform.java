package dev.quire.data.transform;

/** A change to the first input of every example, made on the device inside the compiled program. */
public interface Transform {}
