/** Models that answer over HTTP: what requests carry, and the batches that they are joined to. */
@NullMarked
package dev.quire.server.infer;

import org.jspecify.annotations.NullMarked;
