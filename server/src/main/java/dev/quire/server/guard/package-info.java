/** What is checked before any route is reached. */
@NullMarked
package dev.quire.server.guard;

import org.jspecify.annotations.NullMarked;
