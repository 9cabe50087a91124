/** Channels between objects of this process and their counterparts in a front end, as widgets need them. */
@NullMarked
package dev.quire.kernel.comm;

import org.jspecify.annotations.NullMarked;
