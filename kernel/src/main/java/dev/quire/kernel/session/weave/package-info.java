/** What is put into the classes of cells: points where Stop ends them, and words where a call would end the process. */
@NullMarked
package dev.quire.kernel.session.weave;

import org.jspecify.annotations.NullMarked;
