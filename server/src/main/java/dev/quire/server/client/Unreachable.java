package dev.quire.server.client;

import dev.quire.QuireException;

/** The server does not answer at all: it may later. */
public final class Unreachable extends QuireException {
    Unreachable(String message, Throwable because) {
        super(message, because);
    }
}
