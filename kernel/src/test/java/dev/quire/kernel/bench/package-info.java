/** Figures, printed by main classes. Never a timed test. */
@NullMarked
package dev.quire.kernel.bench;

import org.jspecify.annotations.NullMarked;
