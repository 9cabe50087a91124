/** Machines that train: what they have, and how busy they are. */
@NullMarked
package dev.quire.server.agent;

import org.jspecify.annotations.NullMarked;
