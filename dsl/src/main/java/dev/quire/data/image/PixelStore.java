package dev.quire.data.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the pixels of all images of a dataset are, numbered through all splits. Safe for several threads. */
interface PixelStore {
    /** Puts the pixels of an image at the position of a buffer, which moves on. */
    void read(int index, ByteBuffer into);

    /** A store that is being filled. */
    interface Writer {
        void put(int index, byte[] planes) throws IOException;

        /** The store, now that every image is in it. */
        PixelStore finished() throws IOException;

        /** Nothing comes of it. */
        default void abandon() throws IOException {}
    }
}
