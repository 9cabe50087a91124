/** What helps a person write a cell: completion, documentation, whether it is finished. */
@NullMarked
package dev.quire.kernel.session.assist;

import org.jspecify.annotations.NullMarked;
