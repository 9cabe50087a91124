/** What the server keeps between starts, in a database. */
@NullMarked
package dev.quire.server.store;

import org.jspecify.annotations.NullMarked;
