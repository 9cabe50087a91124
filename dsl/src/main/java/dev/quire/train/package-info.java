/** Training specifications, optimizers, schedules, losses and the trainer. */
@NullMarked
package dev.quire.train;

import org.jspecify.annotations.NullMarked;
