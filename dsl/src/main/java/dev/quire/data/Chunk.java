package dev.quire.data;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Examples that were read together.
 *
 * @param count how many; the last chunk may have fewer than the others
 * @param arrays direct little-endian buffers from position 0 to the limit: the inputs, then the target. They are filled
 *     again when the loader is asked for the chunk after this one
 */
public record Chunk(int count, List<ByteBuffer> arrays) {}
