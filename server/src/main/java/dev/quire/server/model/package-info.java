/** Networks that clients describe, kept by id. */
@NullMarked
package dev.quire.server.model;

import org.jspecify.annotations.NullMarked;
