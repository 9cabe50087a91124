/** Records as they are opened again, with care, and compared with what their cells make now. */
@NullMarked
package dev.quire.run.replay;

import org.jspecify.annotations.NullMarked;
