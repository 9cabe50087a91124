/** The table of {@code dsl/bench/run}: Quire beside PyTorch and DJL. No test; it lies here to be compiled with them. */
@NullMarked
package dev.quire.bench;

import org.jspecify.annotations.NullMarked;
