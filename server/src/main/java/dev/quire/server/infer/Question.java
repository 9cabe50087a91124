package dev.quire.server.infer;

import java.util.List;
import java.util.Map;

/**
 * What a request asks of a model.
 *
 * @param inputs by name
 * @param rows in each
 * @param files the names of the files that the rows are; empty where they are none
 */
public record Question(Map<String, Given> inputs, int rows, List<String> files) {}
