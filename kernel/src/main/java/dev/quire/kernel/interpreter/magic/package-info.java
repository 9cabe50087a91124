/** What a cell can hold besides Java: lines that begin with {@code %}, and cells that begin with {@code %%}. */
@NullMarked
package dev.quire.kernel.interpreter.magic;

import org.jspecify.annotations.NullMarked;
