package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.server.event.GatewayEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that {@code fieldloop front} prints, in the real programs: the good ones carry conversations, short timeouts cut them. */
@Tag("fronts")
class FrontsTest {
    private static final FrontCatalogue FRONTS = FrontCatalogue.bundled();

    static List<String> fronts() {
        return FRONTS.names();
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void theGoodConfigurationCarriesAConversationAndNamesTheDevice(String name) {
        try (FrontBench bench = bench(name, Front.GOOD)) {
            String scheme = FrontBench.schemes(FRONTS.named(name)).get(0);
            try (LoopbackDevice device = bench.device("xiaozhi-wifi", scheme)) {
                assertThat(device.open()).isInstanceOf(ConnectOutcome.Online.class);
                assertThat(device.talk(Duration.ofMillis(200))).isInstanceOf(TurnOutcome.Completed.class);
            }
            if (FRONTS.named(name).namesSource()) {
                bench.gateway()
                        .awaitEvent(
                                GatewayEvent.SourcePassedOn.class,
                                event -> event.source().getHostAddress().equals(FrontBench.DEVICE));
            }
        }
    }

    /** One that ends a quiet session after five seconds, and the good configuration beside it, which keeps it. */
    private record Timeout(String name, String mistake, String scheme, String end) {}

    /** Side by side, since all of it is waiting. */
    @TestFactory
    Stream<DynamicTest> aShortTimeoutEndsAQuietSession() {
        List<Timeout> timeouts = Stream.of(
                        new Timeout("nginx", "timeout-5s", "ws", "closed-by-server"),
                        new Timeout("nginx-stream", "timeout-5s", "ws", "closed-by-server"),
                        new Timeout("apache", "timeout-5s", "ws", "closed-by-server"),
                        new Timeout("haproxy", "timeout-client-5s", "ws", "closed-by-server"),
                        new Timeout("haproxy-tcp", "timeout-client-5s", "ws", "closed-by-server"),
                        new Timeout("lighttpd", "timeout-5s", "ws", "closed-by-server"),
                        new Timeout("socat", "idle-5s", "ws", "closed-by-server"),
                        new Timeout("squid", "read-timeout-5s", "ws", "closed-by-server"),
                        new Timeout("stunnel", "idle-5s", "wss", "connection-lost"))
                .toList();
        Map<Timeout, Future<?>> running = new LinkedHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(timeouts.size());
        for (Timeout timeout : timeouts) {
            if (FRONTS.named(timeout.name()).missing() == null) {
                running.put(timeout, workers.submit(() -> endsAQuietSession(timeout)));
            }
        }
        workers.shutdown();
        return timeouts.stream()
                .map(timeout -> DynamicTest.dynamicTest(timeout.name(), () -> {
                    assumeTrue(running.containsKey(timeout), timeout.name() + " is not on this machine");
                    running.get(timeout).get();
                }));
    }

    private void endsAQuietSession(Timeout timeout) {
        try (FrontBench impatient = bench(timeout.name(), timeout.mistake());
                FrontBench good = bench(timeout.name(), Front.GOOD);
                LoopbackDevice cut = impatient.device("xiaozhi-wifi", timeout.scheme());
                LoopbackDevice kept = good.device("xiaozhi-wifi", timeout.scheme())) {
            assertThat(kept.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(cut.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(cut.awaitOffline()).hasToString(timeout.end());
            // It has been as quiet, and for longer.
            assertThat(kept.talk(Duration.ofMillis(200))).isInstanceOf(TurnOutcome.Completed.class);
        }
    }

    private static FrontBench bench(String name, String configuration) {
        Front front = FRONTS.named(name);
        String missing = front.missing();
        assumeTrue(missing == null, missing);
        return new FrontBench(front, configuration);
    }
}
