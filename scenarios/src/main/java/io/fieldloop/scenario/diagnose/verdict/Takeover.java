package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import java.util.List;

/** Tells a broker that ends a connection since another came with its client identifier (MQTT 3.1.1 section 3.1.4). */
final class Takeover {
    private static final double AT_ONCE_SECONDS = 2;

    private Takeover() {}

    static Told judge(Told one, List<Told> all) {
        if (one.mqttClient().isEmpty() || one.closed() != null || isRefused(one)) {
            return one;
        }
        return all.stream()
                .filter(other -> other.mqttClient().equals(one.mqttClient())
                        && other.first().compareTo(one.first()) > 0
                        && Math.abs(one.last().secondsSince(other.first())) < AT_ONCE_SECONDS)
                .findFirst()
                .map(other -> one.withCauses(List.of(new Cause(
                        "session-taken-over",
                        Confidence.LIKELY,
                        List.of(
                                new Evidence(
                                        "packet " + other.first().packet(),
                                        other.ends() + " connects as " + one.mqttClient(),
                                        "the same client identifier"),
                                new Evidence("packet " + one.last().packet(), "server: ends this connection", "then")),
                        List.of("the broker's log at that second: it names the client that was taken over")))))
                .orElse(one);
    }

    /** The broker has said why it ended that one. */
    private static boolean isRefused(Told one) {
        return one.causes().stream().anyMatch(cause -> cause.word().equals(FailureReason.CONNECT_REFUSED.wireName()));
    }
}
