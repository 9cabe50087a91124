/** Jupyter's messages and how they travel: connection file, signatures, sockets. */
@NullMarked
package dev.quire.kernel.jupyter.wire;

import org.jspecify.annotations.NullMarked;
