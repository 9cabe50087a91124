/** A server as Java programs ask it, with nothing but Java's own HTTP client. */
@NullMarked
package dev.quire.server.client;

import org.jspecify.annotations.NullMarked;
