package io.fieldloop.scenario.probe.finding;

/**
 * One more address of the host, which a device reaches whose resolver names it first.
 *
 * @param answer the first line of its answer to the same upgrade request, or why there is none
 * @param same whether the address that was examined answers alike
 */
public record AddressFinding(String address, String answer, boolean same) {}
