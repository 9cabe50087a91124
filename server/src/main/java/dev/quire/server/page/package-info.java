/** The application that a browser shows, and the canvas of notebook cells. */
@NullMarked
package dev.quire.server.page;

import org.jspecify.annotations.NullMarked;
