/** What a person sees: the only code that imports XChart and Tablesaw. */
@NullMarked
package dev.quire.view;

import org.jspecify.annotations.NullMarked;
