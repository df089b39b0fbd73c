package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.SessionFault;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.tls.TlsVersion;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nginx in front does to each kind of device, and that our fault of the same name does just that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NginxContract {
    /** The read timeout in nginx.conf: long enough for a hello on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Our fault for each of nginx's servers, as far as there is one to compare with. */
    private static final Map<String, FaultAction> EQUIVALENTS = Map.of(
            "no-upgrade", new UpgradeFault.AnswerStatus(400, null),
            "no-upgrade-compat", new UpgradeFault.DropUpgradeHeaders(),
            "http10", new UpgradeFault.AnswerStatus(400, null),
            "http10-compat", new UpgradeFault.AnswerStatus(502, null),
            "down", new UpgradeFault.AnswerStatus(502, null),
            "redirecting", new UpgradeFault.Redirect("https://gateway.test/xiaozhi/v1/", 301));

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());
    private final CertificateChain chain = authority.issue(CertificateRequest.of(
            List.of(Openssl.HOST), Instant.now().minus(Duration.ofHours(1)), Duration.ofDays(90)));
    private final List<AutoCloseable> opened = new ArrayList<>();

    private @Nullable NginxSite site;

    /** Skips the tests where this kind of nginx cannot be had. */
    abstract void assumeInstalled();

    /** Starts nginx and waits until it listens. */
    abstract AutoCloseable start(NginxSite site);

    @BeforeAll
    void startNginx(@TempDir Path directory) {
        assumeInstalled();
        LoopbackGateway hardened = plain(LoopbackGateway::forgiving);
        LoopbackGateway compat =
                plain(config -> LoopbackGateway.forgiving(config).stance(Stance.COMPAT));
        LoopbackGateway pinging = plain(config -> config.session(SessionConfig.builder()
                .ping(new SessionConfig.Ping(Duration.ofMillis(100), OutsideProgram.DEADLINE))
                .build()));
        Map<String, Integer> upstreams = Map.of(
                "hardened", hardened.port(),
                "compat", compat.port(),
                "pinging", pinging.port(),
                "nobody", NginxSite.freePort());
        site = NginxSite.write(directory, upstreams, chain);
        opened.add(start(site));
    }

    @AfterAll
    void stopAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private LoopbackGateway plain(UnaryOperator<GatewayConfig.Builder> config) {
        LoopbackGateway gateway = LoopbackGateway.plain(config);
        opened.add(gateway);
        return gateway;
    }

    private LoopbackDevice behind(String server, String profile, String url) {
        return device(site.ports().get(server), profile, url);
    }

    private LoopbackDevice device(int port, String profile, String url) {
        DeviceConfig config =
                DeviceConfig.of("door", DeviceProfile.named(profile), url).withTrustAnchors(List.of(authority.root()));
        return new LoopbackDevice(config, port);
    }

    private static String ws(String path) {
        return "ws://" + Openssl.HOST + path;
    }

    private static String wss() {
        return "wss://" + Openssl.HOST + GatewayConfig.PATH;
    }

    private static String verdict(LoopbackDevice device) {
        try (device) {
            return LoopbackDevice.verdict(device.open());
        }
    }

    @Test
    void carriesAConversation() {
        try (LoopbackDevice device = behind("good", "xiaozhi-wifi", ws(GatewayConfig.PATH))) {
            assertThat(device.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(device.talk(Duration.ofMillis(200))).isInstanceOf(TurnOutcome.Completed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-ml307", "esp-idf-websocket", "esp-idf-websocket-case-sensitive", "strict-rfc6455"})
    void leavesTheUpgradeAsItWas(String profile) {
        assertThat(verdict(behind("good", profile, ws(GatewayConfig.PATH)))).isEqualTo("online");
    }

    @ParameterizedTest
    @CsvSource({
        "no-upgrade, xiaozhi-wifi, upgrade-refused 0 400",
        "no-upgrade, esp-idf-websocket, upgrade-refused 0 400",
        "no-upgrade-compat, xiaozhi-wifi, upgrade-refused 0 200",
        "no-upgrade-compat, esp-idf-websocket, upgrade-refused 0 200",
        "no-upgrade-compat, strict-rfc6455, upgrade-refused 200",
        "http10, xiaozhi-wifi, upgrade-refused 0 400",
        "http10, strict-rfc6455, upgrade-refused 400",
        "http10-compat, xiaozhi-wifi, upgrade-refused 0 502",
        "http10-compat, esp-idf-websocket, upgrade-refused 0 502",
        "down, xiaozhi-wifi, upgrade-refused 0 502",
        "down, strict-rfc6455, upgrade-refused 502",
        "redirecting, xiaozhi-wifi, upgrade-refused 0 301",
        "redirecting, xiaozhi-ml307, upgrade-refused 0 301",
        "redirecting, esp-idf-websocket-1.5, upgrade-refused 0 301"
    })
    void spoilsTheUpgradeAsOurFaultDoes(String server, String profile, String verdict) {
        assertThat(verdict(behind(server, profile, ws(GatewayConfig.PATH)))).isEqualTo(verdict);
        try (LoopbackGateway ours =
                LoopbackGateway.plain(config -> config.fault(Fault.always(EQUIVALENTS.get(server))))) {
            assertThat(verdict(device(ours.port(), profile, ws(GatewayConfig.PATH))))
                    .isEqualTo(verdict);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xiaozhi-wifi", "esp-idf-websocket", "strict-rfc6455"})
    void cutsASilentSessionAsOurFaultDoes(String profile) {
        FaultAction cut = new SessionFault.DropWhenQuiet(PATIENCE);
        try (LoopbackGateway ours = LoopbackGateway.plain(config -> config.fault(Fault.always(cut)));
                LoopbackDevice behind = behind("impatient", profile, ws(GatewayConfig.PATH));
                LoopbackDevice direct = device(ours.port(), profile, ws(GatewayConfig.PATH))) {
            assertThat(behind.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(direct.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(behind.awaitOffline()).hasToString("closed-by-server");
            assertThat(direct.awaitOffline()).isEqualTo(behind.awaitOffline());
        }
    }

    /** Of the gateway nothing comes for longer than the front's patience; what the device says counts, too. */
    @Test
    void leavesASessionAloneInWhichTheDeviceTalksAsOurFaultDoes() {
        FaultAction cut = new SessionFault.DropWhenQuiet(PATIENCE);
        try (LoopbackGateway ours = LoopbackGateway.plain(config -> config.fault(Fault.always(cut)));
                LoopbackDevice behind = behind("impatient", "xiaozhi-wifi", ws(GatewayConfig.PATH));
                LoopbackDevice direct = device(ours.port(), "xiaozhi-wifi", ws(GatewayConfig.PATH))) {
            for (LoopbackDevice device : List.of(behind, direct)) {
                assertThat(device.open()).isInstanceOf(ConnectOutcome.Online.class);
                assertThat(device.talk(PATIENCE.multipliedBy(2))).isInstanceOf(TurnOutcome.Completed.class);
                assertThat(device.awaitOffline()).hasToString("closed-by-server");
            }
        }
    }

    @Test
    void leavesASessionAloneThatPingsKeepAlive() {
        try (LoopbackDevice pinged = behind("impatient-pinged", "xiaozhi-wifi", ws(GatewayConfig.PATH));
                LoopbackDevice silent = behind("impatient", "xiaozhi-wifi", ws(GatewayConfig.PATH))) {
            assertThat(pinged.open()).isInstanceOf(ConnectOutcome.Online.class);
            assertThat(silent.open()).isInstanceOf(ConnectOutcome.Online.class);
            // The silent one, which began later, is cut first.
            silent.awaitOffline();
            assertThat(pinged.talk(Duration.ofMillis(200))).isInstanceOf(TurnOutcome.Completed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exact, /xiaozhi/v1/, online",
        "exact, /xiaozhi/v1, upgrade-refused 0 301",
        "exact, /xiaozhi/v1/more, upgrade-refused 0 404",
        "prefix, /xiaozhi/v1/, online",
        "prefix, /xiaozhi/v1, upgrade-refused 0 301",
        "prefix, /xiaozhi/v1/more, upgrade-refused 0 404",
        "prefix, /, upgrade-refused 0 404",
        "short-prefix, /xiaozhi/v1/, online",
        "short-prefix, /xiaozhi/v1, online",
        "short-prefix, /xiaozhi/v1x, upgrade-refused 0 404",
        "short-prefix, /, upgrade-refused 0 404"
    })
    void takesItsLocationsLiterally(String server, String path, String verdict) {
        assertThat(verdict(behind(server, "xiaozhi-wifi", ws(path)))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "tls, xiaozhi-wifi, online",
        "tls, xiaozhi-ml307, online",
        "tls, strict-rfc6455, online",
        "tls13, xiaozhi-wifi, protocol-version -0x7780",
        "tls13, xiaozhi-ml307, protocol-version 4",
        "tls13, strict-rfc6455, online",
        "tls-no-suite, xiaozhi-wifi, handshake-failure -0x7780",
        "tls-no-suite, strict-rfc6455, handshake-failure -0x7780"
    })
    void endsTlsAsTheGatewayDoes(String server, String profile, String verdict) {
        assertThat(verdict(behind(server, profile, wss()))).isEqualTo(verdict);
        try (LoopbackGateway ours = LoopbackGateway.secure(tls(server), config -> config)) {
            assertThat(verdict(device(ours.port(), profile, wss()))).isEqualTo(verdict);
        }
    }

    private TlsConfig tls(String server) {
        TlsConfig both = TlsConfig.serving(chain);
        return switch (server) {
            case "tls13" -> both.withVersions(Set.of(TlsVersion.TLSv1_3));
            case "tls-no-suite" ->
                both.withVersions(Set.of(TlsVersion.TLSv1_2))
                        .withCipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
            default -> both;
        };
    }

    @ParameterizedTest
    @CsvSource({"xiaozhi-wifi, upgrade-refused 0 400", "strict-rfc6455, upgrade-refused 400"})
    void answersPlainHttpOnItsTlsPortAsTheGatewayDoes(String profile, String verdict) {
        assertThat(verdict(behind("tls", profile, ws(GatewayConfig.PATH)))).isEqualTo(verdict);
        try (LoopbackGateway ours = LoopbackGateway.secure(TlsConfig.serving(chain), config -> config)) {
            assertThat(verdict(device(ours.port(), profile, ws(GatewayConfig.PATH))))
                    .isEqualTo(verdict);
        }
    }

    @Test
    void doesNotUnderstandTlsOnItsPlainPort() {
        try (LoopbackGateway ours = LoopbackGateway.plain(config -> config)) {
            assertThat(verdict(behind("good", "xiaozhi-wifi", wss()))).isEqualTo("tls-not-tls -0x7200");
            // The gateway says nothing to a ClientHello on a plain port, as the reference server.
            assertThat(verdict(device(ours.port(), "xiaozhi-wifi", wss()))).isEqualTo("tls-eof -0x7280");
        }
    }
}
