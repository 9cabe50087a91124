@NullMarked
package dev.quire.server.infer;

import org.jspecify.annotations.NullMarked;
