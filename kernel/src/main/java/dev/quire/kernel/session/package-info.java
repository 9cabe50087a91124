/** Runs Java cell by cell: JShell in this process, results as objects, errors that name cell and line. */
@NullMarked
package dev.quire.kernel.session;

import org.jspecify.annotations.NullMarked;
