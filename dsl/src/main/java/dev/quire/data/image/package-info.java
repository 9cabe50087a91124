/** Images in class folders, on disk or in an archive: listed, decoded, resized. */
@NullMarked
package dev.quire.data.image;

import org.jspecify.annotations.NullMarked;
