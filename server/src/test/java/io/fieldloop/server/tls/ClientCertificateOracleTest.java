package io.fieldloop.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client with a certificate that will not do is told by us and by {@code openssl s_server -Verify}. */
final class ClientCertificateOracleTest {
    private static final Pattern ALERT = Pattern.compile("SSL alert number (\\d+)");
    private static final Pattern LISTENS = Pattern.compile("ACCEPT .*:(\\d+)");
    private static final CertificateAuthority FOREIGN = Fixtures.authority(99);

    @TempDir
    Path directory;

    private Process server;
    private int port;

    /** Each wrong in one way, and once in two. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes a chain
    private enum Shown {
        OF_ANOTHER_AUTHORITY(FOREIGN.issue(forClients("device"))),
        SELF_SIGNED(Fixtures.AUTHORITY.issue(forClients("device").withDefect(Defect.SELF_SIGNED))),
        WITHOUT_INTERMEDIATE(Fixtures.AUTHORITY.issue(forClients("device"))) {
            @Override
            CertificateChain chain() {
                return new CertificateChain(
                        super.chain().key(), List.of(super.chain().leaf()));
            }
        },
        EXPIRED(Fixtures.AUTHORITY.issue(between("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"))),
        NOT_YET_VALID(Fixtures.AUTHORITY.issue(between("2050-01-01T00:00:00Z", "2051-01-01T00:00:00Z"))),
        FOR_SERVERS(Fixtures.AUTHORITY.issue(Fixtures.request("device"))),
        FOR_SERVERS_AND_EXPIRED(Fixtures.AUTHORITY.issue(
                between("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z").withDefect(Defect.NONE)));

        private final CertificateChain chain;

        Shown(CertificateChain chain) {
            this.chain = chain;
        }

        CertificateChain chain() {
            return chain;
        }
    }

    private static CertificateRequest forClients(String name) {
        return Fixtures.request(name).withDefect(Defect.WRONG_PURPOSE);
    }

    private static CertificateRequest between(String notBefore, String notAfter) {
        Instant begin = Instant.parse(notBefore);
        return CertificateRequest.of(List.of("device"), begin, Duration.between(begin, Instant.parse(notAfter)))
                .withDefect(Defect.WRONG_PURPOSE);
    }

    static Stream<Arguments> certificates() {
        return Stream.of(Shown.values())
                .flatMap(shown -> Stream.of("-tls1_2", "-tls1_3").map(version -> Arguments.of(shown, version)));
    }

    @BeforeEach
    void startOpenssl() throws IOException {
        assumeTrue(OpensslClient.available(), "there is no openssl here");
        CertificateChain own = Fixtures.chain(KeyKind.P256);
        server = new ProcessBuilder(List.of(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-cert",
                        file("server.pem", own.certificatesPem()),
                        "-cert_chain",
                        file("chain.pem", own.certificatesPem()),
                        "-key",
                        file("server.key", own.keyPem()),
                        "-Verify",
                        "3",
                        "-verify_return_error",
                        "-CAfile",
                        file("root.pem", Fixtures.AUTHORITY.rootPem())))
                .redirectErrorStream(true)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !LISTENS.matcher(line).find()) {
            line = lines.readLine();
        }
        Matcher listens = LISTENS.matcher(String.valueOf(line));
        assertThat(listens.find()).as("openssl listens").isTrue();
        port = Integer.parseInt(listens.group(1));
    }

    @AfterEach
    void stopOpenssl() {
        if (server != null) {
            server.destroy();
        }
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void saysTheAlertOfOpenssl(Shown shown, String version) throws IOException {
        TlsConfig config = TlsConfig.serving(Fixtures.chain(KeyKind.P256))
                .withHandshake(HandshakeConfig.requiringClients(List.of(Fixtures.AUTHORITY.root())));
        String expected = alert(port, shown, version);
        try (EchoServer own = new EchoServer(
                new TlsAcceptor(config, Fixtures.random(2), false, SharedArithmetic.none(), Fixtures.CLOCK))) {
            assertThat(alert(own.port(), shown, version)).isEqualTo(expected);
            await().until(() -> !own.observer.told.isEmpty());
            assertThat(own.observer.told)
                    .containsExactly("failed client-certificate sent " + expected + " received null");
            assertThat(own.escaped).isEmpty();
        }
    }

    private String alert(int to, Shown shown, String version) throws IOException {
        CertificateChain chain = shown.chain();
        String certificates = file("own.pem", chain.certificatesPem());
        String output = OpensslClient.connect(
                to,
                version,
                "-cert",
                certificates,
                "-cert_chain",
                certificates,
                "-key",
                file("own.key", chain.keyPem()));
        Matcher alert = ALERT.matcher(output);
        assertThat(alert.find()).as(output).isTrue();
        return alert.group(1);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
