/** Networks as JSON, both ways. */
@NullMarked
package dev.quire.model.json;

import org.jspecify.annotations.NullMarked;
