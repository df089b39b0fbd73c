package io.fieldloop.scenario.probe.finding;

/**
 * What a port says to a client that speaks the other of TLS and plain HTTP.
 *
 * @param asked {@code plain HTTP} or {@code TLS}
 * @param redirectsTo where it sends the client; empty for nowhere
 */
public record PlainFinding(int port, String asked, String answer, String redirectsTo) {}
