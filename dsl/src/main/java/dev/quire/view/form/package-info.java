/** Forms: controls that a person moves, and what is done with their values. */
@NullMarked
package dev.quire.view.form;

import org.jspecify.annotations.NullMarked;
