package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.scenario.front.Front;
import io.fieldloop.scenario.front.FrontCatalogue;
import io.fieldloop.scenario.front.FrontProcess;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that {@code fieldloop front} prints, in the real programs: the good ones let every device through, the mistakes do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontsTest {
    private static final String DEVICE = "127.0.0.9";
    private static final FrontCatalogue FRONTS = FrontCatalogue.bundled();

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());
    private final CertificateChain chain = authority.issue(CertificateRequest.of(
            List.of(Openssl.HOST), Instant.now().minus(Duration.ofHours(1)), Duration.ofDays(90)));

    static List<String> fronts() {
        return FRONTS.names();
    }

    @ParameterizedTest
    @MethodSource("fronts")
    void theGoodConfigurationCarriesAConversationAndNamesTheDevice(String name) throws Exception {
        try (LoopbackGateway gateway = gateway();
                FrontProcess front = start(name, Front.GOOD, gateway)) {
            for (String url : urls(name)) {
                for (String profile : List.of("xiaozhi-wifi", "xiaozhi-ml307", "esp-idf-websocket", "strict-rfc6455")) {
                    try (LoopbackDevice device = device(front, profile, url)) {
                        assertThat(device.open()).as(profile + " " + url).isInstanceOf(ConnectOutcome.Online.class);
                    }
                }
            }
            try (LoopbackDevice device =
                    device(front, "xiaozhi-wifi", urls(name).get(0))) {
                device.open();
                assertThat(device.talk(Duration.ofMillis(200))).isInstanceOf(TurnOutcome.Completed.class);
            }
            gateway.awaitEvent(
                    GatewayEvent.SourcePassedOn.class,
                    event -> event.source().getHostAddress().equals(DEVICE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, no-upgrade-headers, ws, xiaozhi-wifi, upgrade-refused 0 400",
        "nginx, http-1.0, ws, xiaozhi-wifi, upgrade-refused 0 400",
        "nginx, path-replaced, ws, xiaozhi-wifi, upgrade-refused 0 404",
        "nginx, wrong-location, ws, xiaozhi-wifi, upgrade-refused 0 404",
        "nginx, redirect-to-https, ws, xiaozhi-wifi, upgrade-refused 0 301",
        "nginx, redirect-to-https, wss, xiaozhi-wifi, online",
        "nginx, proxy-protocol-expected, ws, esp-idf-websocket, upgrade-eof 0",
        "nginx, proxy-protocol-expected, wss, xiaozhi-wifi, tcp-reset -0x0050",
        "nginx, user-agent-required, ws, xiaozhi-wifi, upgrade-refused 0 403",
        "nginx, user-agent-required, ws, esp-idf-websocket, online",
        "nginx, host-of-the-backend, ws, xiaozhi-wifi, online",
        "nginx, client-certificate, wss, xiaozhi-wifi, upgrade-refused 0 400",
        "apache, no-upgrade, ws, xiaozhi-wifi, upgrade-refused 0 400",
        "apache, path-replaced, ws, xiaozhi-wifi, upgrade-refused 0 404",
        "haproxy, lower-case-headers, ws, xiaozhi-wifi, online",
        "haproxy, lower-case-headers, ws, esp-idf-websocket-case-sensitive, accept-missing 0 101",
        "haproxy, good, ws, esp-idf-websocket-case-sensitive, online",
        "haproxy, no-upgrade-headers, ws, xiaozhi-wifi, upgrade-refused 0 400",
        "haproxy, proxy-protocol-expected, ws, esp-idf-websocket, connection-lost 0x68",
        "haproxy, path-replaced, ws, xiaozhi-wifi, upgrade-refused 0 404",
        "haproxy, redirect-to-https, ws, xiaozhi-wifi, upgrade-refused 0 301",
        "haproxy, user-agent-required, ws, xiaozhi-wifi, upgrade-refused 0 403",
        "haproxy, user-agent-required, ws, esp-idf-websocket, online",
        "caddy, good, ws, esp-idf-websocket-case-sensitive, accept-missing 0 101",
        "lighttpd, no-upgrade, ws, xiaozhi-wifi, upgrade-refused 0 400",
        "varnish, no-upgrade-headers, ws, xiaozhi-wifi, upgrade-refused 0 400"
    })
    void whatAMistakeDoesToADevice(String name, String mistake, String scheme, String profile, String verdict)
            throws Exception {
        try (LoopbackGateway gateway = gateway();
                FrontProcess front = start(name, mistake, gateway);
                LoopbackDevice device = device(front, profile, scheme)) {
            assertThat(LoopbackDevice.verdict(device.open())).isEqualTo(verdict);
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
                        new Timeout("lighttpd", "timeout-5s", "ws", "closed-by-server"),
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
        try (LoopbackGateway gateway = gateway();
                FrontProcess impatient = start(timeout.name(), timeout.mistake(), gateway);
                FrontProcess good = start(timeout.name(), Front.GOOD, gateway);
                LoopbackDevice cut = device(impatient, "xiaozhi-wifi", timeout.scheme());
                LoopbackDevice kept = device(good, "xiaozhi-wifi", timeout.scheme())) {
            assertThat(kept.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(cut.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(cut.awaitOffline()).hasToString(timeout.end());
            // It has been as quiet, and for longer.
            assertThat(kept.talk(Duration.ofMillis(200))).isInstanceOf(TurnOutcome.Completed.class);
        }
    }

    private LoopbackGateway gateway() {
        return LoopbackGateway.plain(config -> LoopbackGateway.forgiving(config)
                .listener(ListenerConfig.secure(
                        "wss", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TlsConfig.serving(chain)))
                .admission(AdmissionConfig.builder()
                        .trustProxies(List.of(Cidr.parse("127.0.0.1/32")))
                        .build()));
    }

    private FrontProcess start(String name, String configuration, LoopbackGateway gateway) {
        Front front = FRONTS.named(name);
        String missing = front.missing();
        assumeTrue(missing == null, missing);
        return FrontProcess.start(
                front,
                front.configuration(configuration),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()),
                (InetSocketAddress) gateway.gateway().address("wss"),
                Openssl.HOST,
                chain);
    }

    /** Varnish has no TLS, and stunnel nothing else. */
    private static List<String> urls(String name) {
        return switch (name) {
            case "varnish" -> List.of("ws");
            case "stunnel" -> List.of("wss");
            default -> List.of("ws", "wss");
        };
    }

    private LoopbackDevice device(FrontProcess front, String profile, String scheme) {
        DeviceConfig config = DeviceConfig.of(
                        "door", DeviceProfile.named(profile), scheme + "://" + Openssl.HOST + GatewayConfig.PATH)
                .withTrustAnchors(List.of(authority.root()));
        int port = scheme.equals("ws") ? front.places().ws() : front.places().wss();
        return new LoopbackDevice(config, new InetSocketAddress(DEVICE, 0), port);
    }
}
