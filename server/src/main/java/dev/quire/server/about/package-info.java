/** What the server says of itself: its health, its figures, its routes. */
@NullMarked
package dev.quire.server.about;

import org.jspecify.annotations.NullMarked;
