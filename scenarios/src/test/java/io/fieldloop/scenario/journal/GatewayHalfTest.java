package io.fieldloop.scenario.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayHalfTest {
    private static final JournalEntry HEALTH_CHECK = entry(
            100,
            Lane.GATEWAY,
            "gateway",
            "handshake-refused",
            Map.of("reason", "method-not-allowed", "status", 405L, "source", "127.0.0.1"));

    @Test
    void ofSeveralBehindOneAddressTheRefusalOfTheSameAnswerIsTheDevices() {
        GatewayHalf half = new GatewayHalf(List.of(HEALTH_CHECK));

        assertThat(half.wordOf(refused("upgrade", 405L))).hasValue("handshake-refused method-not-allowed");
        assertThat(half.wordOf(refused("upgrade", null))).hasValue("handshake-refused method-not-allowed");
    }

    @Test
    void whoGotAnotherAnswerGotItOfTheProxyInFront() {
        assertThat(new GatewayHalf(List.of(HEALTH_CHECK)).of(refused("upgrade", 503L)))
                .isEmpty();
    }

    @Test
    void whoHadNoConnectionWasNotRefusedByTheGateway() {
        assertThat(new GatewayHalf(List.of(HEALTH_CHECK)).of(refused("tcp", null)))
                .isEmpty();
    }

    private static JournalEntry refused(String phase, Long status) {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("reason", "upgrade-refused", "phase", phase));
        if (status != null) {
            attributes.put("status", status);
        }
        return entry(200, Lane.DEVICE, "door", "refused", attributes);
    }

    private static JournalEntry entry(
            long nanos, Lane lane, String actor, String kind, Map<String, Object> attributes) {
        return new JournalEntry(0, nanos, lane, actor, kind, attributes);
    }
}
