package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.cli.TestCertificate;
import io.fieldloop.server.pki.CertificateChain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A certificate that is renewed while {@code serve} runs, as openssl sees it. */
@Timeout(60)
final class CertificateReloadTest {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final Pattern SERIAL = Pattern.compile("serial=([0-9A-F]+)");

    @TempDir
    private Path folder;

    private final EventLines lines =
            new EventLines(InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")), ZoneOffset.UTC);
    private final StringWriter printed = new StringWriter();
    private Path certificate;
    private Path key;

    @BeforeEach
    void needsOpenssl() {
        assumeTrue(Files.isExecutable(OPENSSL), "there is no " + OPENSSL);
        certificate = folder.resolve("certificate.pem");
        key = folder.resolve("key.pem");
    }

    @Test
    void theNewPairIsServedOnceBothFilesAreThere() throws Exception {
        CertificateChain old = TestCertificate.one();
        CertificateChain renewed = TestCertificate.one();
        Files.writeString(certificate, old.certificatesPem());
        Files.writeString(key, old.keyPem());
        ServeOptions options = new ServeOptions();
        new CommandLine(options)
                .parseArgs("--wss", "0", "--certificate", certificate.toString(), "--key", key.toString());
        try (ServedGateway served = ServedGateway.start(options, lines)) {
            served.watchCertificate(options.certificate, lines::say);
            assertThat(serialAt(served)).isEqualTo(old.leaf().getSerialNumber());

            Files.writeString(certificate, renewed.certificatesPem());
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(printed())
                            .contains("certificate not renewed, the old one is still served: The private key in " + key
                                    + " does not belong to the first certificate in "));
            assertThat(serialAt(served)).isEqualTo(old.leaf().getSerialNumber());

            Files.writeString(key, renewed.keyPem());
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(printed()).contains("certificate swapped for *"));
            assertThat(serialAt(served)).isEqualTo(renewed.leaf().getSerialNumber());
        }
    }

    private String printed() {
        lines.drain(new PrintWriter(printed, true));
        return printed.toString();
    }

    private static BigInteger serialAt(ServedGateway served) throws Exception {
        InetSocketAddress address = served.address(ListenOptions.WSS);
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        OPENSSL + " s_client -connect 127.0.0.1:" + address.getPort() + " </dev/null | " + OPENSSL
                                + " x509 -noout -serial")
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        Matcher serial = SERIAL.matcher(output);
        assertThat(serial.find()).as(output).isTrue();
        return new BigInteger(serial.group(1), 16);
    }
}
