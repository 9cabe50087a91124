/** Runs programs on libtorch: the only code that imports {@code ai.djl}. */
@NullMarked
package dev.quire.engine;

import org.jspecify.annotations.NullMarked;
