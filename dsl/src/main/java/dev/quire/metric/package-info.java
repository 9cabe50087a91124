/** What is measured, and its history over epochs. */
@NullMarked
package dev.quire.metric;

import org.jspecify.annotations.NullMarked;
