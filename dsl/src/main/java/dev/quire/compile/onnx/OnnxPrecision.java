package dev.quire.compile.onnx;

/** How the weights of a file are kept. */
public enum OnnxPrecision {
    /** As they were trained. */
    FLOAT32,
    /** Those of matrix products and convolutions as 8-bit numbers, with one scale for each output channel. */
    INT8
}
