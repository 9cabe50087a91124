package dev.quire.data;

/**
 * Examples whose class and source are known without reading them, such as image files. They are identified by the
 * hash of their source, so that the fingerprint is the same whether they are decoded to memory or read from disk.
 */
public interface Catalogued extends Examples {
    /** The class number of an example. */
    int label(long index);

    /** The SHA-256 of the source of an example. */
    byte[] hash(long index);
}
