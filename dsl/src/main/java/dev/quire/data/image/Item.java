package dev.quire.data.image;

import dev.quire.data.Split;

/**
 * One image file of a dataset.
 *
 * @param name its path from the root of the source
 * @param split the split it is in
 * @param label its class number
 */
record Item(String name, Split split, int label) {}
