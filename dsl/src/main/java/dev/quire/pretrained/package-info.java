/** Well-known networks: built from their sizes, and begun with weights in the layout of Hugging Face. */
@NullMarked
package dev.quire.pretrained;

import org.jspecify.annotations.NullMarked;
