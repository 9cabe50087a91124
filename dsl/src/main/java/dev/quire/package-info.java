/** Deep learning in Java, cell by cell. */
@NullMarked
package dev.quire;

import org.jspecify.annotations.NullMarked;
