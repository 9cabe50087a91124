/** What jobs leave for those who take their model elsewhere. */
@NullMarked
package dev.quire.server.bundle;

import org.jspecify.annotations.NullMarked;
