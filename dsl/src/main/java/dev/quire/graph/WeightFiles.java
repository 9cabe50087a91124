package dev.quire.graph;

/**
 * Weights in files that a network begins with.
 *
 * @param place a file, a folder, or a name such as {@code microsoft/resnet-18}
 * @param fingerprint the SHA-256 of the weights, in hexadecimal digits: others are refused
 * @param naming how the tensors of the files are named and laid out, such as {@code resnet}
 */
public record WeightFiles(String place, String fingerprint, String naming) {}
