/** Training that a client talks about over one WebSocket. */
@NullMarked
package dev.quire.server.session;

import org.jspecify.annotations.NullMarked;
