/** The intermediate form: ops with shapes and types, parameters and buffers by dotted name. Loads no native library. */
@NullMarked
package dev.quire.graph;

import org.jspecify.annotations.NullMarked;
