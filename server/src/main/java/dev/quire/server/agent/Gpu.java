package dev.quire.server.agent;

import org.jspecify.annotations.Nullable;

/**
 * A graphics processor.
 *
 * @param number as the driver counts
 * @param load share of the time that it is busy, from 0 to 1; null where the driver does not say
 * @param memory in bytes
 * @param memoryUsed in bytes
 */
public record Gpu(
        int number,
        String name,
        @Nullable Double load,
        @Nullable Long memory,
        @Nullable Long memoryUsed) {}
