package dev.quire.server.infer;

/**
 * Which model answered.
 *
 * @param kind {@code run} or {@code deployment}
 * @param name of the run or the deployment
 * @param version of the deployment, from 1; 1 for a run
 * @param source the run or the file that it was made of
 */
public record Which(String kind, String name, int version, String source) {}
