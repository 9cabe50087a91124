/** Runs what a cell holds: Java, and the magics between its lines. What the Jupyter kernel and the notebook runner share. */
@NullMarked
package dev.quire.kernel.interpreter;

import org.jspecify.annotations.NullMarked;
