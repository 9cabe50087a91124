/** How Jupyter gets to know the kernel: the files it reads, and the folders where it looks for them. */
@NullMarked
package dev.quire.kernel.kernelspec;

import org.jspecify.annotations.NullMarked;
