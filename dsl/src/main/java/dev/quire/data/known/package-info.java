/** Datasets known by name: where they lie, how they are fetched, checked and read. */
@NullMarked
package dev.quire.data.known;

import org.jspecify.annotations.NullMarked;
