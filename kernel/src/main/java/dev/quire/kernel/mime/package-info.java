/** Displays as notebooks and front ends have them. */
@NullMarked
package dev.quire.kernel.mime;

import org.jspecify.annotations.NullMarked;
