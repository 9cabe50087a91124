/** Files that survive: written whole or not at all, appended line by line, checked when they are read. */
@NullMarked
package dev.quire.store;

import org.jspecify.annotations.NullMarked;
