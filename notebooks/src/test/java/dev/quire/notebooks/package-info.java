/** Runs the tutorials. */
@NullMarked
package dev.quire.notebooks;

import org.jspecify.annotations.NullMarked;
