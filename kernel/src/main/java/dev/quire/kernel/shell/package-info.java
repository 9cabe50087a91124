/** The prompt: cells as they are typed, or as they come through a pipe; and how the JDK's own jshell runs them. */
@NullMarked
package dev.quire.kernel.shell;

import org.jspecify.annotations.NullMarked;
