/** Notebook files: read, given parameters, executed cell by cell, written as Jupyter writes them. */
@NullMarked
package dev.quire.kernel.notebook;

import org.jspecify.annotations.NullMarked;
