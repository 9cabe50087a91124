/** Text as tokens: tokenizers in the format of Hugging Face. */
@NullMarked
package dev.quire.text;

import org.jspecify.annotations.NullMarked;
