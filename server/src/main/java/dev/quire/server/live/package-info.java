/** What happens, as it happens, over WebSockets. */
@NullMarked
package dev.quire.server.live;

import org.jspecify.annotations.NullMarked;
