/** A network and how it was trained as source that people read: PyTorch's Python, and Quire's own Java. */
@NullMarked
package dev.quire.source;

import org.jspecify.annotations.NullMarked;
