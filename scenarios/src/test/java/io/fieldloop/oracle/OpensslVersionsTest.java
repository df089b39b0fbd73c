package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.tls.Engine;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.tls.TlsVersion;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every TLS version: openssl's client at our gateway, and our devices at openssl's server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpensslVersionsTest {
    private static final int PROTOCOL_VERSION = 70;

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());

    private final Map<KeyKind, CertificateChain> chains = Map.of(
            KeyKind.P256, chain(KeyKind.P256),
            KeyKind.RSA_2048, chain(KeyKind.RSA_2048));

    @TempDir
    private Path directory;

    @BeforeAll
    void needsOpenssl() {
        Openssl.assumeInstalled();
    }

    private CertificateChain chain(KeyKind kind) {
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        return authority.issue(CertificateRequest.of(List.of(Openssl.HOST), anHourAgo, Duration.ofDays(90))
                .withKeyKind(kind));
    }

    private LoopbackGateway serve(TlsConfig tls) {
        return LoopbackGateway.secure(tls, LoopbackGateway::forgiving);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, P256, 1.0",
        "AUTO, RSA_2048, 1.1",
        "AUTO, RSA_2048, 1.2",
        "AUTO, P256, 1.3",
        "AUTO, P256, 1.0 1.2",
        "AUTO, RSA_2048, 1.1 1.3",
        "BORINGSSL, P256, 1.2 1.3",
        "BOUNCY_CASTLE, RSA_2048, 1.2 1.3",
        "BOUNCY_CASTLE, P256, 1.0 1.1 1.2 1.3"
    })
    void opensslGetsTheVersionsThatAreServedAndNoOther(Engine engine, KeyKind kind, String served) {
        Set<TlsVersion> versions = Pattern.compile(" ")
                .splitAsStream(served)
                .map(OpensslVersionsTest::version)
                .collect(Collectors.toSet());
        for (TlsVersion version : TlsVersion.values()) {
            try (LoopbackGateway gateway =
                    serve(TlsConfig.serving(chains.get(kind)).withEngine(engine).withVersions(versions))) {
                Openssl.Seen seen = new Openssl(directory).connect(gateway.port(), authority, version);

                if (versions.contains(version)) {
                    assertThat(seen.version()).isEqualTo(version.toString());
                    assertThat(seen.verifyCode()).isZero();
                    assertThat(gateway.awaitEvent(GatewayEvent.TlsEstablished.class)
                                    .version())
                            .isEqualTo(version.toString());
                } else if (isAnsweredWithAnOlderOne(version, versions)) {
                    assertThat(seen.printed()).contains("unsupported protocol");
                    assertThat(gateway.awaitRefusal()).isEqualTo("tls-alert-received");
                } else {
                    assertThat(seen.printed()).contains("SSL alert number " + PROTOCOL_VERSION);
                    assertThat(gateway.awaitRefusal()).isEqualTo("tls-version");
                }
            }
        }
    }

    /** Up to TLS 1.2 a client names only the newest version it speaks, so that it has to refuse an older one itself. */
    private static boolean isAnsweredWithAnOlderOne(TlsVersion asked, Set<TlsVersion> served) {
        return asked != TlsVersion.TLSv1_3 && served.stream().anyMatch(version -> version.compareTo(asked) < 0);
    }

    @ParameterizedTest
    @CsvSource({
        "xiaozhi-wifi, 1.0, protocol-version -0x6E80",
        "xiaozhi-wifi, 1.1, protocol-version -0x6E80",
        "xiaozhi-wifi, 1.2, +",
        "xiaozhi-wifi, 1.3, protocol-version -0x7780",
        "xiaozhi-ml307, 1.0, protocol-version 4",
        "xiaozhi-ml307, 1.1, protocol-version 4",
        "xiaozhi-ml307, 1.2, +",
        "xiaozhi-ml307, 1.3, protocol-version 4",
        "strict-rfc6455, 1.0, protocol-version -0x7780",
        "strict-rfc6455, 1.1, protocol-version -0x7780",
        "strict-rfc6455, 1.2, +",
        "strict-rfc6455, 1.3, +"
    })
    void devicesFareAlikeAtOpensslsServerAndAtOurs(String profile, String served, String verdict) {
        CertificateChain chain = chains.get(KeyKind.RSA_2048);
        TlsVersion version = version(served);
        try (Openssl.Server server = new Openssl(directory).serve(chain, version);
                LoopbackGateway gateway = serve(TlsConfig.serving(chain).withVersions(Set.of(version)))) {
            assertThat(verdict(profile, server.port())).isEqualTo(verdict);
            assertThat(verdict(profile, gateway.port())).isEqualTo(verdict);
        }
    }

    private static TlsVersion version(String number) {
        return Stream.of(TlsVersion.values())
                .filter(version -> version.toString().equals(number.equals("1.0") ? "TLSv1" : "TLSv" + number))
                .findFirst()
                .orElseThrow();
    }

    private String verdict(String profile, int port) {
        DeviceConfig config = DeviceConfig.of(
                        "door", DeviceProfile.named(profile), "wss://" + Openssl.HOST + "/xiaozhi/v1/")
                .withTrustAnchors(List.of(authority.root()));
        try (LoopbackDevice device = new LoopbackDevice(config, port)) {
            return LoopbackDevice.tlsVerdict(device.open());
        }
    }
}
