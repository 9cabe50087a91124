/** What Quire finds on this machine, and what to do about what is missing. */
@NullMarked
package dev.quire.kernel.machine;

import org.jspecify.annotations.NullMarked;
