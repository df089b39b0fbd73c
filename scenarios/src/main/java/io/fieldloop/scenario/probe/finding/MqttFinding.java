package io.fieldloop.scenario.probe.finding;

import org.jspecify.annotations.Nullable;

/**
 * How far a device gets with the broker it was told of, and with its voice.
 *
 * @param connected whether the CONNECT was accepted
 * @param talks whether a hello came back with a place for voice, and nothing says that nobody is there
 * @param outcome what became of it, in half a sentence
 * @param udp the place for voice in the answer to its hello; null where none came
 * @param voice what can be known of that place
 */
public record MqttFinding(
        String endpoint,
        boolean connected,
        boolean talks,
        String outcome,
        @Nullable String udp,
        String voice) {
    /** One that let nobody in. */
    public static MqttFinding refused(String endpoint, String outcome) {
        return new MqttFinding(endpoint, false, false, outcome, null, "");
    }

    /** One that let a device in and answered no hello that it could use. */
    public static MqttFinding mute(String endpoint, String outcome) {
        return new MqttFinding(endpoint, true, false, outcome, null, "");
    }
}
