/** Training specifications as JSON and YAML, both ways. */
@NullMarked
package dev.quire.train.json;

import org.jspecify.annotations.NullMarked;
