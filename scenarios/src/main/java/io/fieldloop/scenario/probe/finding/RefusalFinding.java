package io.fieldloop.scenario.probe.finding;

/**
 * What became of a request that a careful server refuses.
 *
 * @param request what was wrong with it
 * @param answer in words
 * @param admitted whether the server went on to say hello
 */
public record RefusalFinding(String request, String answer, boolean admitted) {}
