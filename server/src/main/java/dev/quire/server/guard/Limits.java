package dev.quire.server.guard;

/**
 * What the server takes from clients.
 *
 * @param bodyBytes of a JSON body, unpacked
 * @param uploadBytes of an uploaded file
 * @param unpackedBytes of an uploaded archive, unpacked
 * @param pixels of an image, from its header alone
 * @param rows in one request for inference
 * @param queue jobs that wait
 * @param connections open at once, WebSockets included
 * @param idleSeconds a connection may be silent
 * @param slowSeconds a client may take to say what it wants, and to begin to send its body
 * @param slowBytesPerSecond the least that a body must come with, after that time
 */
public record Limits(
        long bodyBytes,
        long uploadBytes,
        long unpackedBytes,
        long pixels,
        int rows,
        int queue,
        int connections,
        int idleSeconds,
        int slowSeconds,
        int slowBytesPerSecond) {
    /** 16 MB of JSON, uploads of 1 GB, images of 50 megapixels, 1,024 rows, 1,000 jobs, 4,096 connections. */
    public static final Limits DEFAULT =
            new Limits(16_000_000, 1_000_000_000, 8_000_000_000L, 50_000_000, 1024, 1000, 4096, 60, 10, 1000);

    public Limits bodyBytes(long value) {
        return new Limits(
                value,
                uploadBytes,
                unpackedBytes,
                pixels,
                rows,
                queue,
                connections,
                idleSeconds,
                slowSeconds,
                slowBytesPerSecond);
    }

    public Limits uploadBytes(long value) {
        return new Limits(
                bodyBytes,
                value,
                unpackedBytes,
                pixels,
                rows,
                queue,
                connections,
                idleSeconds,
                slowSeconds,
                slowBytesPerSecond);
    }

    public Limits unpackedBytes(long value) {
        return new Limits(
                bodyBytes,
                uploadBytes,
                value,
                pixels,
                rows,
                queue,
                connections,
                idleSeconds,
                slowSeconds,
                slowBytesPerSecond);
    }

    public Limits queue(int value) {
        return new Limits(
                bodyBytes,
                uploadBytes,
                unpackedBytes,
                pixels,
                rows,
                value,
                connections,
                idleSeconds,
                slowSeconds,
                slowBytesPerSecond);
    }

    public Limits connections(int value) {
        return new Limits(
                bodyBytes,
                uploadBytes,
                unpackedBytes,
                pixels,
                rows,
                queue,
                value,
                idleSeconds,
                slowSeconds,
                slowBytesPerSecond);
    }

    /** With these for clients that are slow. */
    public Limits slow(int seconds, int bytesPerSecond) {
        return new Limits(
                bodyBytes,
                uploadBytes,
                unpackedBytes,
                pixels,
                rows,
                queue,
                connections,
                idleSeconds,
                seconds,
                bytesPerSecond);
    }
}
