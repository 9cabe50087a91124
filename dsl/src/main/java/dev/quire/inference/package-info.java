/** Models that answer: trained runs, and files from elsewhere, behind one interface. */
@NullMarked
package dev.quire.inference;

import org.jspecify.annotations.NullMarked;
