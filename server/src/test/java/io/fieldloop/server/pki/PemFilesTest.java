package io.fieldloop.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemFilesTest {
    private final CertificateAuthority authority = CertificateAuthorityTest.authority(5, KeyKind.P256);
    private final CertificateChain chain = authority.issue(
            CertificateRequest.of(List.of("gateway.test"), Instant.parse("2026-03-01T12:00:00Z"), Duration.ofDays(90)));

    @TempDir
    private Path directory;

    private Path certificates;
    private Path key;

    @BeforeEach
    void writeFiles() throws IOException {
        certificates = Files.writeString(directory.resolve("chain.pem"), chain.certificatesPem());
        key = Files.writeString(directory.resolve("key.pem"), chain.keyPem());
    }

    static String complaint(Path certificates, Path key) {
        CertificateFileException refused =
                catchThrowableOfType(CertificateFileException.class, () -> CertificateChain.read(certificates, key));
        assertThat(refused).as("a complaint about %s and %s", certificates, key).isNotNull();
        return refused.getMessage();
    }

    @Test
    void readsWhatItWrote() {
        CertificateChain read = CertificateChain.read(certificates, key);

        assertThat(read.chain()).isEqualTo(chain.chain());
        assertThat(read.isPair()).isTrue();
    }

    @Test
    void namesAMissingFile() {
        assertThat(complaint(certificates, directory.resolve("nowhere.pem")))
                .isEqualTo("The file " + directory.resolve("nowhere.pem") + " is unreadable: there is no such file.");
    }

    @Test
    void namesADirectory() {
        assertThat(complaint(directory, key)).endsWith(" is unreadable: it is a directory.");
    }

    @Test
    void namesAFileThatIsNotPem() throws IOException {
        Path der = Files.write(directory.resolve("key.der"), chain.key().getEncoded());

        assertThat(complaint(certificates, der)).startsWith("The file " + der + " is not PEM");
    }

    @Test
    void namesAFileThatHoldsSomethingElse() {
        assertThat(complaint(key, key)).startsWith("The file " + key + " holds no certificate");
        assertThat(complaint(certificates, certificates))
                .startsWith("The file " + certificates + " holds no private key");
    }

    @Test
    void namesDamagedContent() throws IOException {
        Path damaged = Files.writeString(
                directory.resolve("damaged.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThat(complaint(certificates, damaged))
                .startsWith("The file " + damaged + " looks like PEM but its content is damaged")
                .doesNotContain("Exception");
    }

    @Test
    void namesAPairThatDoesNotMatch() throws IOException {
        CertificateChain other = authority.issue(CertificateRequest.of(
                List.of("other.test"), Instant.parse("2026-03-01T12:00:00Z"), Duration.ofDays(90)));
        Path otherKey = Files.writeString(directory.resolve("other.pem"), other.keyPem());

        assertThat(complaint(certificates, otherKey))
                .isEqualTo("The private key in " + otherKey + " does not belong to the first certificate in "
                        + certificates + " (CN=gateway.test); pass the pair, and the leaf certificate first.");
    }
}
