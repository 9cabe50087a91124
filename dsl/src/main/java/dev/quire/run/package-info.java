/** A training run: its events, its result and the registry that finds it again. */
@NullMarked
package dev.quire.run;

import org.jspecify.annotations.NullMarked;
