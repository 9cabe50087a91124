/** What was run before, kept between sessions. */
@NullMarked
package dev.quire.kernel.history;

import org.jspecify.annotations.NullMarked;
