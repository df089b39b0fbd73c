package io.fieldloop.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the openssl command line thinks of the certificates. */
final class CertificateOpensslTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CertificateRequest REQUEST =
            CertificateRequest.of(List.of("gateway.test", "127.0.0.1"), NOW.minusSeconds(60), Duration.ofDays(90));

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsOpenssl() {
        assumeTrue(canRun(), "no openssl command on this machine");
    }

    private static boolean canRun() {
        try {
            return openssl("version").contains("OpenSSL");
        } catch (IOException e) {
            return false;
        }
    }

    private static String openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String verify(CertificateAuthority authority, CertificateChain chain) throws IOException {
        Path root = Files.writeString(directory.resolve("root.pem"), authority.rootPem());
        Path leaf = Files.writeString(directory.resolve("leaf.pem"), PemFiles.pem(List.of(chain.leaf())));
        Path sent = Files.writeString(directory.resolve("sent.pem"), chain.certificatesPem());
        return openssl(
                "verify",
                "-x509_strict",
                "-auth_level",
                "2",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "gateway.test",
                "-attime",
                Long.toString(NOW.getEpochSecond()),
                "-CAfile",
                root.toString(),
                "-untrusted",
                sent.toString(),
                leaf.toString());
    }

    @ParameterizedTest
    @EnumSource
    void acceptsAGoodChainStrictly(KeyKind kind) throws IOException {
        CertificateAuthority authority = CertificateAuthorityTest.withKnownPrimes(3);

        assertThat(verify(authority, authority.issue(REQUEST.withKeyKind(kind))))
                .endsWith(": OK\n");
    }

    @Test
    void acceptsAChainOfAnRsaAuthority() throws IOException {
        CertificateAuthority authority = CertificateAuthorityTest.authority(3, KeyKind.RSA_2048);

        assertThat(verify(authority, authority.issue(REQUEST))).endsWith(": OK\n");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED,certificate has expired",
        "NOT_YET_VALID,certificate is not yet valid",
        "WRONG_NAME,hostname mismatch",
        "MISSING_INTERMEDIATE,unable to get local issuer certificate",
        "SELF_SIGNED,self-signed certificate",
        "FOREIGN_CA,unable to get",
        "EXPIRED_INTERMEDIATE,certificate has expired",
        "NAME_ONLY_IN_SUBJECT,hostname mismatch",
        "ADDRESS_INSTEAD_OF_NAME,hostname mismatch",
        "SHA1_SIGNATURE,too weak",
        "RSA_1024,too weak",
        "WRONG_PURPOSE,unsuitable certificate purpose",
        "GENERATION_Y_WITHOUT_CROSS_SIGN,unable to get",
        "INTERMEDIATE_IS_NO_AUTHORITY,invalid CA certificate"
    })
    void namesEachDefect(Defect defect, String complaint) throws IOException {
        CertificateAuthority authority = CertificateAuthorityTest.authority(3, KeyKind.P256);

        assertThat(verify(authority, authority.issue(REQUEST.withDefect(defect))))
                .contains(complaint);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "COMMON_NAME_ONLY",
                "WRONG_ORDER",
                "EXTRA_CERTIFICATES",
                "CROSS_SIGNED",
                "NEW_ROOT_CROSS_SIGNED",
                "LONG_CHAIN",
                "OVERSIZED_CHAIN",
                "GENERATION_Y_EC",
                "GENERATION_Y_RSA",
                "OTHER_INTERMEDIATE",
                "KEY_MISMATCH",
                "KEY_ENCIPHERMENT_ONLY"
            })
    void acceptsWhatOnlyDevicesStumbleOver(Defect defect) throws IOException {
        CertificateAuthority authority = CertificateAuthorityTest.withKnownPrimes(3);

        assertThat(verify(authority, authority.issue(REQUEST.withDefect(defect))))
                .endsWith(": OK\n");
    }

    @Test
    void judgesAChainOfAnyShapeAsItIsMeant() throws IOException {
        CertificateAuthority authority = CertificateAuthorityTest.withKnownPrimes(3);
        IntermediateRequest sound = above(KeyKind.P384, 365, null);
        IntermediateRequest ended = above(KeyKind.P256, -1, null);
        IntermediateRequest weak = above(KeyKind.RSA_4096, 365, SignatureHash.SHA1);

        assertThat(verify(
                        authority,
                        authority.issue(REQUEST.withAbove(List.of(sound, above(KeyKind.RSA_4096, 365, null))))))
                .endsWith(": OK\n");
        assertThat(verify(authority, authority.issue(REQUEST.withAbove(List.of()))))
                .endsWith(": OK\n");
        assertThat(verify(authority, authority.issue(REQUEST.withAbove(List.of(ended, sound)))))
                .contains("certificate has expired");
        assertThat(verify(authority, authority.issue(REQUEST.withAbove(List.of(weak)))))
                .contains("too weak");
        assertThat(verify(
                        authority,
                        authority.issue(REQUEST.withDefect(Defect.FOREIGN_CA).withAbove(List.of(sound)))))
                .contains("unable to get");
    }

    private static IntermediateRequest above(KeyKind kind, int daysLeft, @Nullable SignatureHash hash) {
        Instant end = REQUEST.notBefore().plus(Duration.ofDays(daysLeft));
        return new IntermediateRequest(kind, end.minus(Duration.ofDays(730)), end, hash, false);
    }

    @Test
    void showsTheExtensions() throws IOException {
        CertificateAuthority authority = CertificateAuthorityTest.authority(3, KeyKind.P256);
        Path leaf = Files.writeString(
                directory.resolve("leaf.pem"), authority.issue(REQUEST).certificatesPem());

        assertThat(openssl("x509", "-in", leaf.toString(), "-noout", "-text"))
                .contains("X509v3 Basic Constraints: critical")
                .contains("CA:FALSE")
                .contains("X509v3 Key Usage: critical")
                .contains("TLS Web Server Authentication")
                .contains("DNS:gateway.test, IP Address:127.0.0.1")
                .contains("X509v3 Authority Key Identifier");
    }

    @ParameterizedTest
    @CsvSource({"P256,-traditional", "RSA_2048,-traditional", "P256,", "RSA_2048,"})
    void readsTheKeysOpensslWrites(KeyKind kind, String form) throws IOException {
        CertificateChain chain =
                CertificateAuthorityTest.authority(3, KeyKind.P256).issue(REQUEST.withKeyKind(kind));
        Path certificates = Files.writeString(directory.resolve("c.pem"), chain.certificatesPem());
        Path pkcs8 = Files.writeString(directory.resolve("k8.pem"), chain.keyPem());
        Path key = directory.resolve("k.pem");
        if (form == null) {
            Files.copy(pkcs8, key);
        } else {
            openssl("pkey", "-in", pkcs8.toString(), form, "-out", key.toString());
        }

        CertificateChain read = CertificateChain.read(certificates, key);

        assertThat(read.chain()).isEqualTo(chain.chain());
        assertThat(read.key().getEncoded()).isEqualTo(chain.key().getEncoded());
    }

    @Test
    void refusesAnEncryptedKeyWithAdvice() throws IOException {
        CertificateChain chain =
                CertificateAuthorityTest.authority(3, KeyKind.P256).issue(REQUEST);
        Path certificates = Files.writeString(directory.resolve("c.pem"), chain.certificatesPem());
        Path plain = Files.writeString(directory.resolve("plain.pem"), chain.keyPem());
        Path key = directory.resolve("secret.pem");
        openssl("pkey", "-in", plain.toString(), "-aes128", "-passout", "pass:fieldloop", "-out", key.toString());

        assertThat(PemFilesTest.complaint(certificates, key))
                .isEqualTo(
                        "The private key in " + key
                                + " is encrypted; decrypt it first, for example with \"openssl pkey -in secret.pem -out plain.pem\".");
    }
}
