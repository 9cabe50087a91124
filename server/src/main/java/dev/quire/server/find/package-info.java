/** Which recorded run was trained as a configuration says. */
@NullMarked
package dev.quire.server.find;

import org.jspecify.annotations.NullMarked;
