/** Datasets, splits, transforms and loaders. Loads no native library. */
@NullMarked
package dev.quire.data;

import org.jspecify.annotations.NullMarked;
