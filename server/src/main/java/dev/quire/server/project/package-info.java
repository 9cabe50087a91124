/** Projects: configurations in groups of experiments, and the runs that were made of them. */
@NullMarked
package dev.quire.server.project;

import org.jspecify.annotations.NullMarked;
