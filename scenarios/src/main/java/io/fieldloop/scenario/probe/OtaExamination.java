package io.fieldloop.scenario.probe;

import io.fieldloop.scenario.probe.finding.MqttFinding;
import io.fieldloop.scenario.probe.finding.OtaFinding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was found out about one OTA address and what it hands out.
 *
 * @param webSocket what became of the WebSocket it hands out; null where it hands out none, or nothing could be reached
 * @param webSocketProblem why nothing could be reached there, one sentence, or null
 * @param mqtt what became of the broker it hands out; null where it hands out none
 */
public record OtaExamination(
        String url,
        Instant examinedAt,
        OtaFinding ota,
        @Nullable Examination webSocket,
        @Nullable String webSocketProblem,
        @Nullable MqttFinding mqtt) {
    /** Whether a device that asks here ends up at a server that takes it and can talk with it. */
    public boolean allReachable() {
        boolean offered = ota.webSocket() != null || ota.mqtt() != null;
        boolean byWebSocket = ota.webSocket() == null || (webSocket != null && webSocket.allConnect());
        boolean byMqtt = mqtt == null || mqtt.talks();
        return ota.isAnswer() && !ota.restarts() && offered && byWebSocket && byMqtt;
    }
}
