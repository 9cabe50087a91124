/** Runs as their records tell of them. */
@NullMarked
package dev.quire.server.run;

import org.jspecify.annotations.NullMarked;
