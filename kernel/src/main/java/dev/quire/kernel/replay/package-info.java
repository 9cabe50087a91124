/** Runs the cells of a record again and says whether it came out the same. */
@NullMarked
package dev.quire.kernel.replay;

import org.jspecify.annotations.NullMarked;
