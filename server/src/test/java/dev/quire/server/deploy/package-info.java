@NullMarked
package dev.quire.server.deploy;

import org.jspecify.annotations.NullMarked;
