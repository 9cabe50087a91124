/** The Jupyter kernel: takes the messages of a front end and answers them with an interpreter. */
@NullMarked
package dev.quire.kernel.jupyter;

import org.jspecify.annotations.NullMarked;
