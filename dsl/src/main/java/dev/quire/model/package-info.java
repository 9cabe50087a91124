/** What a user writes: layers as immutable records, and what follows from them in plain Java. */
@NullMarked
package dev.quire.model;

import org.jspecify.annotations.NullMarked;
