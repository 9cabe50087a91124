/** A run's network as files that others open: one row of a table for each format. */
@NullMarked
package dev.quire.run.export;

import org.jspecify.annotations.NullMarked;
