/** Models that are served under a name of their own, in versions. */
@NullMarked
package dev.quire.server.deploy;

import org.jspecify.annotations.NullMarked;
