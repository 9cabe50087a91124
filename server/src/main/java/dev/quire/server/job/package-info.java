/** Jobs: what is to be trained, in a queue that survives a restart. */
@NullMarked
package dev.quire.server.job;

import org.jspecify.annotations.NullMarked;
