/** What is made of a record for those it is sent to: an archive with a notebook, a script and a page. */
@NullMarked
package dev.quire.run.record;

import org.jspecify.annotations.NullMarked;
