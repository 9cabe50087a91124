/** Files that PyTorch writes, read as data: nothing in them is ever executed. */
@NullMarked
package dev.quire.store.torch;

import org.jspecify.annotations.NullMarked;
