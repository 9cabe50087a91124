/** Serves runs, jobs and models over HTTP and WebSocket. */
@NullMarked
package dev.quire.server;

import org.jspecify.annotations.NullMarked;
