package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.tls.TlsConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each certificate defect: what openssl says of it, and what each kind of device does, against our gateway and against
 * openssl's server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpensslCertificatesTest {
    private static final String MODEM = "xiaozhi-ml307";

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());
    private final CertificateRequest request =
            CertificateRequest.of(List.of(Openssl.HOST), Instant.now().minus(Duration.ofHours(1)), Duration.ofDays(90));

    @TempDir
    private Path directory;

    private LoopbackGateway gateway;

    @BeforeAll
    void start() {
        gateway = LoopbackGateway.secure(TlsConfig.serving(authority.issue(request)), LoopbackGateway::forgiving);
        Openssl.assumeInstalled();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /**
     * {@code dated} is a device that checks dates, {@code stock} one that does not; {@code +} stands for an established
     * session. The numbers are openssl's, from
     * {@code man openssl-verification-options}.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            NONE                         |  0 | +                         | +
            EXPIRED                      | 10 | certificate-expired       | +
            EXPIRED_INTERMEDIATE         | 10 | certificate-expired       | +
            NOT_YET_VALID                |  9 | certificate-not-yet-valid | +
            WRONG_NAME                   | 62 | certificate-name-mismatch | certificate-name-mismatch
            NAME_ONLY_IN_SUBJECT         | 62 | certificate-name-mismatch | certificate-name-mismatch
            ADDRESS_INSTEAD_OF_NAME      | 62 | certificate-name-mismatch | certificate-name-mismatch
            COMMON_NAME_ONLY             |  0 | +                         | +
            MISSING_INTERMEDIATE         | 21 | certificate-untrusted     | certificate-untrusted
            SELF_SIGNED                  | 18 | certificate-untrusted     | certificate-untrusted
            FOREIGN_CA                   | 20 | certificate-untrusted     | certificate-untrusted
            EXTRA_CERTIFICATES           |  0 | +                         | +
            CROSS_SIGNED                 |  0 | +                         | +
            NEW_ROOT_CROSS_SIGNED        |  0 | +                         | +
            SHA1_SIGNATURE               | 68 | certificate-untrusted     | certificate-untrusted
            RSA_1024                     | 66 | certificate-untrusted     | certificate-untrusted
            LONG_CHAIN                   |  0 | +                         | +
            WRONG_PURPOSE                | 26 | certificate-untrusted     | certificate-untrusted
            INTERMEDIATE_IS_NO_AUTHORITY | 32 | certificate-untrusted     | certificate-untrusted
            """)
    void isJudgedAsOpensslJudgesIt(Defect defect, int verifyCode, String dated, String stock) {
        CertificateChain chain = serve(defect);

        assertThat(openssl().judge(gateway.port(), authority).verifyCode()).isEqualTo(verifyCode);
        assertThat(dated.equals("+"))
                .as("a device that checks everything agrees with openssl")
                .isEqualTo(verifyCode == 0);
        assertVerdicts(gateway.port(), dated, stock, "+");
        try (Openssl.Server server = openssl().serve(chain, null)) {
            assertVerdicts(server.port(), dated, stock, "+");
        }
    }

    /**
     * mbedTLS looks for an issuer only among the certificates that follow (x509_crt.c, x509_crt_find_parent), as RFC
     * 5246, 7.4.2 has them sent; openssl takes any order. So
     * desktop programs connect and devices do not.
     */
    @Test
    void aWrongOrderStopsDevicesAndNotOpenssl() {
        CertificateChain chain = serve(Defect.WRONG_ORDER);

        assertThat(openssl().judge(gateway.port(), authority).verifyCode()).isZero();
        assertVerdicts(gateway.port(), "certificate-untrusted", "certificate-untrusted", "+");
        try (Openssl.Server server = openssl().serve(chain, null)) {
            assertVerdicts(server.port(), "certificate-untrusted", "certificate-untrusted", "+");
        }
    }

    /** The chain is good, so its code is 0; the handshake fails on the signature. openssl's server refuses to start with such a pair. */
    @Test
    void aKeyThatDoesNotFitStopsEveryone() {
        serve(Defect.KEY_MISMATCH);
        Openssl.Seen seen = openssl().judge(gateway.port(), authority);

        assertThat(seen.verifyCode()).isZero();
        assertThat(seen.printed()).contains("bad signature");
        String mismatch = "certificate-key-mismatch";
        assertVerdicts(gateway.port(), mismatch, mismatch, mismatch);
    }

    private CertificateChain serve(Defect defect) {
        CertificateChain chain = authority.issue(request.withDefect(defect));
        gateway.gateway().swapCertificates(Map.of(TlsConfig.DEFAULT_NAME, chain));
        return chain;
    }

    private Openssl openssl() {
        return new Openssl(directory);
    }

    private void assertVerdicts(int port, String dated, String stock, String modem) {
        assertThat(Map.of(
                        "dated", verdict("xiaozhi-wifi-strict-time", port),
                        "desktop", verdict("strict-rfc6455", port),
                        "stock", verdict("xiaozhi-wifi", port),
                        "modem", verdict(MODEM, port)))
                .containsEntry("dated", dated)
                .containsEntry("desktop", dated)
                .containsEntry("stock", stock)
                .containsEntry("modem", modem);
    }

    private String verdict(String profile, int port) {
        DeviceConfig config = DeviceConfig.of(
                        "door", DeviceProfile.named(profile), "wss://" + Openssl.HOST + "/xiaozhi/v1/")
                .withTrustAnchors(List.of(authority.root()));
        try (LoopbackDevice device = new LoopbackDevice(config, port)) {
            // The reason; the code behind it is the same for all of them.
            return LoopbackDevice.tlsVerdict(device.open()).replaceFirst(" .*", "");
        }
    }
}
