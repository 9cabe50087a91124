/** Prints a graph as TorchScript. */
@NullMarked
package dev.quire.compile.torchscript;

import org.jspecify.annotations.NullMarked;
