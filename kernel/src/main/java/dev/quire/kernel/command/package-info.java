/** The command line: one class for each word after {@code ./quire}. */
@NullMarked
package dev.quire.kernel.command;

import org.jspecify.annotations.NullMarked;
