package io.fieldloop.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both engines against the openssl command line. */
final class TlsAcceptorOpensslTest {
    private static final Map<TlsVersion, String> OPTIONS = Map.of(
            TlsVersion.TLSv1, "-tls1",
            TlsVersion.TLSv1_1, "-tls1_1",
            TlsVersion.TLSv1_2, "-tls1_2",
            TlsVersion.TLSv1_3, "-tls1_3");

    private Path root;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsOpenssl() {
        assumeTrue(OpensslClient.available(), "no openssl command on this machine");
    }

    @BeforeEach
    void writeRoot() throws IOException {
        root = Files.writeString(directory.resolve("root.pem"), Fixtures.AUTHORITY.rootPem());
    }

    static Stream<Arguments> enginesVersionsAndKeys() {
        return enginesAndVersions()
                .flatMap(pair ->
                        Stream.of(KeyKind.values()).map(kind -> Arguments.of(pair.get()[0], pair.get()[1], kind)));
    }

    static Stream<Arguments> enginesAndVersions() {
        return engines()
                .flatMap(engine -> Stream.of(TlsVersion.values()).map(version -> Arguments.of(engine, version)));
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.BOUNCY_CASTLE, Engine.BORINGSSL);
    }

    private String connect(EchoServer server, TlsVersion version, String... more) {
        List<String> options = Stream.concat(
                        Stream.of(
                                OPTIONS.get(version),
                                "-cipher",
                                "DEFAULT@SECLEVEL=0",
                                "-CAfile",
                                root.toString(),
                                "-verify_return_error"),
                        Stream.of(more))
                .toList();
        return OpensslClient.connect(server.port(), options.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("enginesVersionsAndKeys")
    void echoesInEveryVersionWithEveryKeyAndLogsTheSecretsOpensslLogs(Engine engine, TlsVersion version, KeyKind kind)
            throws IOException {
        List<String> secrets = new CopyOnWriteArrayList<>();
        TlsConfig config = TlsConfig.serving(Fixtures.chain(kind))
                .withEngine(engine)
                .withVersions(Set.of(TlsVersion.values()))
                .withKeyLog(secrets::add);
        Path clientSecrets = directory.resolve("client-secrets");
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            String output = connect(
                    server,
                    version,
                    "-servername",
                    "gateway.test",
                    "-verify_hostname",
                    "gateway.test",
                    "-keylogfile",
                    clientSecrets.toString());

            assertThat(OpensslClient.echoed(output)).as(output).isTrue();
            assertThat(output).contains("Verify return code: 0 (ok)");
            assertThat(server.observer.told)
                    .hasSize(1)
                    .first()
                    .asString()
                    .matches("established " + version + " TLS_[A-Z0-9_]+ gateway.test");
            assertThat(server.escaped).isEmpty();
        }
        Set<String> seenByClient = Files.readAllLines(clientSecrets).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toSet());
        assertThat(Set.copyOf(secrets)).isEqualTo(seenByClient);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void servesTheChainOfTheNameAskedForAndTheDefaultOtherwise(Engine engine) {
        CertificateChain fallback = Fixtures.chain(Fixtures.AUTHORITY, KeyKind.P256, "default.test");
        TlsConfig config = TlsConfig.serving(fallback)
                .withEngine(engine)
                .withByServerName(Map.of(
                        "*", fallback,
                        "named.test", Fixtures.chain(Fixtures.AUTHORITY, KeyKind.RSA_2048, "named.test"),
                        "*.wild.test", Fixtures.chain(Fixtures.AUTHORITY, KeyKind.P256, "*.wild.test")));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            assertThat(connect(server, TlsVersion.TLSv1_2, "-servername", "NAMED.test"))
                    .contains("subject=CN = named.test");
            assertThat(connect(server, TlsVersion.TLSv1_3, "-servername", "a.wild.test"))
                    .contains("subject=CN = *.wild.test");
            assertThat(connect(server, TlsVersion.TLSv1_3, "-servername", "unknown.test"))
                    .contains("subject=CN = default.test");
            assertThat(connect(server, TlsVersion.TLSv1_2, "-noservername")).contains("subject=CN = default.test");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA_4096") // as RSA_2048, and long in the making
    void opensslTakesEveryKindOfKey(KeyKind kind) {
        CertificateChain chain = Fixtures.chain(Fixtures.AUTHORITY, kind, "gateway.test");
        try (EchoServer server = new EchoServer(new TlsAcceptor(
                TlsConfig.serving(chain), Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            String output = connect(server, TlsVersion.TLSv1_2, "-groups", "P-256:P-384:P-521:P-224:brainpoolP256r1");

            assertThat(OpensslClient.echoed(output)).as(output).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensslJoinsAHandshakeCutIntoSmallRecords(TlsVersion version) {
        TlsConfig config =
                TlsConfig.serving(Fixtures.chain(KeyKind.RSA_2048)).withVersions(Set.of(TlsVersion.values()));
        TlsAcceptor acceptor =
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK);
        try (EchoServer server = new EchoServer(acceptor, new TlsFault.FragmentHandshake(50))) {
            String output = connect(server, version);

            assertThat(OpensslClient.echoed(output)).as(output).isTrue();
            assertThat(server.observer.told).hasSize(2).startsWith("fault fragment-handshake");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAVersionThatIsNotServed(Engine engine) {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withEngine(engine)
                .withVersions(Set.of(TlsVersion.TLSv1_3));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            String output = connect(server, TlsVersion.TLSv1_2);

            assertThat(output).contains("alert protocol version").contains("SSL alert number 70");
            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.told).containsExactly("failed tls-version sent 70 received null");
            assertThat(server.escaped).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesAClientWithoutASharedSuite(Engine engine) {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withEngine(engine)
                .withCipherSuites(List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            String output = OpensslClient.connect(server.port(), "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384");

            assertThat(output).contains("SSL alert number 40");
            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.told).containsExactly("failed tls-no-shared-suite sent 40 received null");
            assertThat(server.escaped).isEmpty();
        }
    }

    static Stream<Arguments> enginesThatAskClientsForACertificate() {
        return Stream.of(Engine.BOUNCY_CASTLE, Engine.AUTO)
                .flatMap(engine -> Stream.of(TlsVersion.values()).map(version -> Arguments.of(engine, version)));
    }

    @ParameterizedTest
    @MethodSource("enginesThatAskClientsForACertificate")
    void refusesAClientWithoutACertificateForClientsAndServesOneThatHasOne(Engine engine, TlsVersion version)
            throws IOException {
        CertificateChain forServers = Fixtures.chain(KeyKind.RSA_2048);
        CertificateChain forClients =
                Fixtures.AUTHORITY.issue(Fixtures.request("device").withDefect(Defect.WRONG_PURPOSE));
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withEngine(engine)
                .withVersions(Set.of(TlsVersion.values()))
                .withHandshake(
                        new HandshakeConfig(List.of(), false, List.of(), ClientCertificates.REQUIRED, List.of()));
        int alert = version == TlsVersion.TLSv1_3 ? 116 : 40;
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            String refused = connect(server, version);
            assertThat(refused).contains("SSL alert number " + alert);
            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.told)
                    .containsExactly("failed client-certificate sent " + alert + " received null");

            assertThat(connectAs(forServers, server, version)).contains("SSL alert number 43");
            String served = connectAs(forClients, server, version);
            assertThat(OpensslClient.echoed(served)).as(served).isTrue();
            assertThat(server.escaped).isEmpty();
        }
    }

    private String connectAs(CertificateChain own, EchoServer server, TlsVersion version) throws IOException {
        Path certificate = Files.writeString(directory.resolve("own.pem"), own.certificatesPem());
        Path key = Files.writeString(directory.resolve("own.key"), own.keyPem());
        return connect(server, version, "-cert", certificate.toString(), "-key", key.toString());
    }

    @Test
    void agreesOnAProtocolOfItsOwnListAlone() {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withHandshake(
                        new HandshakeConfig(List.of(), false, List.of("http/1.1"), ClientCertificates.NONE, List.of()));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            assertThat(connect(server, TlsVersion.TLSv1_3, "-alpn", "h2,http/1.1"))
                    .contains("ALPN protocol: http/1.1");
            assertThat(connect(server, TlsVersion.TLSv1_2, "-alpn", "h2")).contains("SSL alert number 120");
            assertThat(OpensslClient.echoed(connect(server, TlsVersion.TLSv1_2)))
                    .isTrue();
        }
    }

    @Test
    void asksForItsOwnGroupOnceMore() {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withHandshake(new HandshakeConfig(
                        List.of("secp384r1"), false, List.of(), ClientCertificates.NONE, List.of()));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            assertThat(connect(server, TlsVersion.TLSv1_3, "-groups", "P-256:P-384"))
                    .contains("Server Temp Key: ECDH, secp384r1");
            assertThat(connect(server, TlsVersion.TLSv1_2, "-groups", "P-256")).contains("SSL alert number 40");
        }
    }

    @Test
    void signsTls12WithPssWhereItIsAskedTo() {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.RSA_2048))
                .withHandshake(new HandshakeConfig(List.of(), true, List.of(), ClientCertificates.NONE, List.of()));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            assertThat(connect(server, TlsVersion.TLSv1_2)).contains("Peer signature type: RSA-PSS");
            assertThat(connect(server, TlsVersion.TLSv1_2, "-sigalgs", "RSA+SHA256"))
                    .contains("Peer signature type: RSA\n");
        }
    }

    @Test
    void givesATicketOpensslCanKeep() {
        TlsAcceptor acceptor = new TlsAcceptor(
                TlsConfig.serving(Fixtures.chain(KeyKind.P256)),
                Fixtures.random(2),
                false,
                SharedArithmetic.none(),
                Fixtures.CLOCK);
        try (EchoServer server = new EchoServer(acceptor, new TlsFault.SendTicket(1200))) {
            String output = connect(server, TlsVersion.TLSv1_2);

            assertThat(OpensslClient.echoed(output)).as(output).isTrue();
            assertThat(output).contains("TLS session ticket lifetime hint: 7200");
            assertThat(server.observer.told).contains("fault send-ticket");
        }
    }

    /** As openssl's own server and nginx do; BoringSSL alone would speak of an internal error (80). */
    @ParameterizedTest
    @ValueSource(strings = {"", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"})
    void refusesAClientWhoseSuitesDoNotGoWithTheCertificate(String served) {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withVersions(Set.of(TlsVersion.TLSv1_2))
                .withCipherSuites(served.isEmpty() ? List.of() : List.of(served));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            String output = OpensslClient.connect(server.port(), "-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384");

            assertThat(output).contains("SSL alert number 40");
            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.told).containsExactly("failed tls-no-shared-suite sent 40 received null");
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndVersions")
    void tellsTheAlertOfAClientThatRejectsTheCertificate(Engine engine, TlsVersion version) {
        CertificateChain foreign = Fixtures.chain(Fixtures.authority(99), KeyKind.P256, "gateway.test");
        TlsConfig config = TlsConfig.serving(foreign).withEngine(engine).withVersions(Set.of(TlsVersion.values()));
        try (EchoServer server = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            connect(server, version);

            await().until(() -> !server.observer.told.isEmpty());
            assertThat(server.observer.told).containsExactly("failed tls-alert-received sent null received 48");
            assertThat(server.escaped).isEmpty();
        }
    }
}
