package dev.quire.server.project;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Experiments on one question.
 *
 * @param name unlike that of any other project
 * @param description what it is about
 */
public record Project(String id, String name, @Nullable String description, Instant created) {}
