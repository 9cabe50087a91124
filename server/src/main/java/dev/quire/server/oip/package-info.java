/** The Open Inference Protocol, version 2: deployments as its clients ask for them. */
@NullMarked
package dev.quire.server.oip;

import org.jspecify.annotations.NullMarked;
