/** Jars from Maven repositories, with all that they need. Alone in knowing Maven's resolver. */
@NullMarked
package dev.quire.kernel.interpreter.magic.maven;

import org.jspecify.annotations.NullMarked;
