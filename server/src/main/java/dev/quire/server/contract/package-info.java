/** Services that clients know already, as thin adapters over Quire's own. */
@NullMarked
package dev.quire.server.contract;

import org.jspecify.annotations.NullMarked;
