package io.fieldloop.device.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.event.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against {@code openssl s_server}, which most gateways have under them. */
class OpensslServerTest {

    private static final TestPki PKI = new TestPki(4);

    @TempDir
    private Path directory;

    @BeforeAll
    static void opensslIsInstalled() {
        assumeTrue(
                runs("openssl", "version"), "No openssl command on this machine: interoperability is not tested here.");
    }

    @ParameterizedTest
    @CsvSource({
        "EC, ESP_IDF_5, -tls1_2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "RSA, ESP_IDF_5, -tls1_2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "EC, ESP_IDF_4, -tls1_2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "RSA, MODEM_ML307, -tls1_2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "EC, DESKTOP, -tls1_3, TLS_AES_256_GCM_SHA384"
    })
    void answersOverTls(String keyKind, String shape, String version, String suite) throws Exception {
        TestPki.Chain chain = keyKind.equals("EC")
                ? PKI.ecLeaf(TestPki.HOST, TestPki.valid())
                : PKI.rsaLeaf(TestPki.HOST, TestPki.valid());
        try (Server server = new Server(chain, version);
                LoopbackClient client = new LoopbackClient(
                        TlsRig.config().shape(named(shape)).trusts(PKI.root()).build(), server.port)) {
            assertThat(client.established().suite()).isEqualTo(suite);
            assertThat(client.ask("GET / HTTP/1.0\r\n\r\n", "</pre>")).startsWith("HTTP/1.0 200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ECDHE-ECDSA-AES256-CCM, TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
        "ECDHE-ARIA128-GCM-SHA256, ",
        "ECDHE-ECDSA-AES128-SHA, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "ECDHE-ECDSA-AES256-SHA384, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384"
    })
    void carriesOutTheSuitesOfTheOffer(String openssl, String suite) throws Exception {
        try (Server server = new Server(PKI.ecLeaf(TestPki.HOST, TestPki.valid()), "-tls1_2", "-cipher", openssl);
                LoopbackClient client =
                        new LoopbackClient(TlsRig.config().trusts(PKI.root()).build(), server.port)) {
            if (suite == null) {
                assertThat(client.failure().alertReceived()).isEqualTo(40);
                assertThat(client.failure().reason()).isEqualTo(FailureReason.HANDSHAKE_FAILURE);
            } else {
                assertThat(client.established().suite()).isEqualTo(suite);
            }
        }
    }

    @Test
    void serverWithTls13OnlyAnswersWithAlert70() throws Exception {
        try (Server server = new Server(PKI.ecLeaf(TestPki.HOST, TestPki.valid()), "-tls1_3");
                LoopbackClient client = new LoopbackClient(TlsRig.config().build(), server.port)) {
            assertThat(client.failure().code()).isEqualTo("-0x7780");
            assertThat(client.failure().reason()).isEqualTo(FailureReason.PROTOCOL_VERSION);
            assertThat(client.failure().alertReceived()).isEqualTo(70);
        }
    }

    @Test
    void joinsACertificateThatSpansRecords() throws Exception {
        TestPki.Chain chain = PKI.rsaLeaf(TestPki.HOST, TestPki.valid());
        try (Server server = new Server(chain, "-tls1_2", "-split_send_frag", "512", "-max_send_frag", "512")) {
            try (LoopbackClient client =
                    new LoopbackClient(TlsRig.config().trusts(PKI.root()).build(), server.port)) {
                assertThat(client.established().version()).isEqualTo("TLSv1.2");
            }
            try (LoopbackClient client = new LoopbackClient(
                    TlsRig.config()
                            .shape(ClientHelloShape.ESP_IDF_4)
                            .trusts(PKI.root())
                            .build(),
                    server.port)) {
                assertThat(client.failure().code()).isEqualTo("-0x7080");
            }
        }
    }

    private static ClientHelloShape named(String constant) {
        return switch (constant) {
            case "ESP_IDF_4" -> ClientHelloShape.ESP_IDF_4;
            case "MODEM_ML307" -> ClientHelloShape.MODEM_ML307;
            case "DESKTOP" -> ClientHelloShape.DESKTOP;
            default -> ClientHelloShape.ESP_IDF_5;
        };
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** One server process that answers every request with a status page. */
    private final class Server implements AutoCloseable {

        private final Process process;
        private final int port;

        Server(TestPki.Chain chain, String... options) throws Exception {
            Path key = write("key.pem", "PRIVATE KEY", chain.key().getEncoded());
            X509Certificate leaf = chain.certificates().get(0);
            X509Certificate intermediate = chain.certificates().get(1);
            Path certificate = write("leaf.pem", "CERTIFICATE", leaf.getEncoded());
            Path issuer = write("chain.pem", "CERTIFICATE", intermediate.getEncoded());
            List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-www"));
            command.addAll(List.of("-cert", certificate.toString(), "-key", key.toString()));
            command.addAll(List.of("-cert_chain", issuer.toString()));
            command.addAll(List.of(options));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            port = listeningPort(process.inputReader(StandardCharsets.US_ASCII));
        }

        private Path write(String name, String label, byte[] der) throws IOException {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return Files.writeString(
                    directory.resolve(name),
                    "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        }

        private static int listeningPort(BufferedReader output) throws IOException {
            StringBuilder seen = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("ACCEPT ")) {
                    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                }
                seen.append(line).append('\n');
            }
            throw new AssertionError("openssl s_server did not start:\n" + seen);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
