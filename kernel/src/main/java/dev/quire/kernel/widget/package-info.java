/** Forms as ipywidgets show them: models of controls, kept equal with the front end over comms. */
@NullMarked
package dev.quire.kernel.widget;

import org.jspecify.annotations.NullMarked;
