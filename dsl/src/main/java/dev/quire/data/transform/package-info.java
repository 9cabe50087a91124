/** What happens to inputs on the device: normalisation always, augmentation in training only. */
@NullMarked
package dev.quire.data.transform;

import org.jspecify.annotations.NullMarked;
