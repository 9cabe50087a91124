@NullMarked
package dev.quire.server.agent;

import org.jspecify.annotations.NullMarked;
