/** Points of many dimensions drawn in two. */
@NullMarked
package dev.quire.metric.projection;

import org.jspecify.annotations.NullMarked;
