/** Figures of the server under load: see {@code server/bench/run}. */
@NullMarked
package dev.quire.server.bench;

import org.jspecify.annotations.NullMarked;
