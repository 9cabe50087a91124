/** What the language says of itself: its own Javadoc, read from the sources that the jar carries. */
@NullMarked
package dev.quire.manual;

import org.jspecify.annotations.NullMarked;
