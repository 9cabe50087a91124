/** The prompt: the JDK's own JShell tool, in this process, with the words of Quire. */
@NullMarked
package dev.quire.kernel.shell;

import org.jspecify.annotations.NullMarked;
