/** Data to train on: what is known by name, uploads, and folders of the data root. */
@NullMarked
package dev.quire.server.dataset;

import org.jspecify.annotations.NullMarked;
