/** What this process's terminal can show. */
@NullMarked
package dev.quire.kernel.terminal;

import org.jspecify.annotations.NullMarked;
