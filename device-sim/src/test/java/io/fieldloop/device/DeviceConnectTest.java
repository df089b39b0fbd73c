package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeviceConnectTest {

    @Test
    void comesOnlineWhenTheServerSaysHello() {
        try (Bench bench = new Bench("xiaozhi-wifi")) {
            CompletableFuture<ConnectOutcome> outcome = bench.device.openChannel();
            assertThat(bench.dialled).isEqualTo("gateway.test:8000");
            bench.after(Duration.ofMillis(100)).acceptsUpgrade();
            assertThat(bench.receivesFrames())
                    .containsExactly("1:{\"type\":\"hello\",\"version\":1,\"features\":{\"mcp\":true},"
                            + "\"transport\":\"websocket\",\"audio_params\":{\"format\":\"opus\","
                            + "\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}");
            bench.after(Duration.ofMillis(50)).sendsText(Bench.SERVER_HELLO);

            assertThat(outcome)
                    .isCompletedWithValue(new ConnectOutcome.Online(
                            Duration.ofMillis(150),
                            "s-1",
                            Duration.ZERO,
                            Duration.ofMillis(100),
                            Duration.ofMillis(50)));
            assertThat(bench.kinds())
                    .containsExactly(
                            "state-changed",
                            "attempt-started",
                            "tcp-connected",
                            "upgraded",
                            "message-sent",
                            "message-received",
                            "online",
                            "state-changed");
            assertThat(bench.console())
                    .containsExactly(
                            "I StateMachine: State: idle -> connecting",
                            "I WS: Connecting to websocket server: " + Bench.URL + " with version: 1",
                            "I WS: Session ID: s-1",
                            "I StateMachine: State: connecting -> idle");
        }
    }
}
