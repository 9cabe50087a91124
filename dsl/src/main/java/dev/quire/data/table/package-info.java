/** Tables of numbers: CSV files. */
@NullMarked
package dev.quire.data.table;

import org.jspecify.annotations.NullMarked;
