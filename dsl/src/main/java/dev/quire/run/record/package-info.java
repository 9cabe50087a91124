/** Records as files that can be sent: packed, read with care, shown as a page. */
@NullMarked
package dev.quire.run.record;

import org.jspecify.annotations.NullMarked;
