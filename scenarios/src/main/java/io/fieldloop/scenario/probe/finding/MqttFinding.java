package io.fieldloop.scenario.probe.finding;

import org.jspecify.annotations.Nullable;

/**
 * How far a device gets with the broker it was told of, and with its voice.
 *
 * @param connected whether the CONNECT was accepted
 * @param outcome what became of it, in half a sentence
 * @param udp the place for voice in the answer to its hello; null where none came
 * @param voice what can be known of that place
 */
public record MqttFinding(
        String endpoint,
        boolean connected,
        String outcome,
        @Nullable String udp,
        String voice) {}
