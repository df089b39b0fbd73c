package io.fieldloop.oracle;

import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.TlsFault;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.pki.Defect;
import io.fieldloop.server.pki.KeyKind;
import io.fieldloop.server.tls.Engine;
import io.fieldloop.server.tls.HandshakeConfig;
import io.fieldloop.server.tls.HandshakeConfig.ClientCertificates;
import io.fieldloop.server.tls.TlsConfig;
import io.fieldloop.server.tls.TlsVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers of the measured table (mbedtls.psv), each as our gateway can be it. */
@SuppressWarnings("ImmutableEnumChecker") // faults are records of plain values
enum MeasuredServer {
    CLOSE_AFTER_HELLO(new TlsFault.CloseInTls()),
    RESET_AFTER_HELLO(new TlsFault.ResetInTls()),
    PLAIN_HTTP(new TlsFault.AnswerPlainText("HTTP/1.1 400 Bad Request\r\n\r\n")),
    ALERT_40(new TlsFault.SendAlert(40)),
    ALERT_80(new TlsFault.SendAlert(80)),
    /** The bytes of a warning alert happen to be ASCII. */
    WARNING_112_THEN_CLOSE(new TlsFault.AnswerPlainText("\u0015\u0003\u0003\u0000\u0002\u0001p")),
    GENERATION_Y_UNVERIFIED(Defect.GENERATION_Y_EC),
    UNKNOWN_CURVE_UNVERIFIED(Defect.UNKNOWN_CURVE),
    INTERMEDIATE_MISSING(Defect.MISSING_INTERMEDIATE),
    ADDRESS(Defect.ADDRESS_INSTEAD_OF_NAME),
    P224(KeyKind.P224),
    TLS13_ONLY(TlsVersion.TLSv1_3),
    STATIC_RSA_ONLY(KeyKind.RSA_2048),
    RSA_PSS_IN_TLS12(KeyKind.RSA_2048),
    RSA_PKCS1_IN_TLS12(KeyKind.RSA_2048),
    SMALL_RECORDS_IN_TLS12(TlsVersion.TLSv1_2, new TlsFault.FragmentHandshake(512)),
    SMALL_RECORDS_IN_TLS13(TlsVersion.TLSv1_3, new TlsFault.FragmentHandshake(512)),
    RECORDS_OF_3_BYTES(new TlsFault.FragmentHandshake(3)),
    CHAIN_OVER_16K(Defect.OVERSIZED_CHAIN),
    GROUP_IT_LACKS(Defect.NONE),
    NO_CLIENT_AUTH_IN_TLS12(TlsVersion.TLSv1_2),
    NO_CLIENT_AUTH_IN_TLS13(TlsVersion.TLSv1_3),
    WRONG_NAME(Defect.WRONG_NAME),
    WRONG_AUTHORITY(Defect.FOREIGN_CA);

    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.withKnownPrimes(InstantSource.system(), new SecureRandom());

    private final Defect defect;
    private final KeyKind key;
    private final @Nullable TlsVersion version;
    private final @Nullable FaultAction fault;

    MeasuredServer(FaultAction fault) {
        this(Defect.NONE, KeyKind.P256, null, fault);
    }

    MeasuredServer(Defect defect) {
        this(defect, KeyKind.P256, null, null);
    }

    MeasuredServer(KeyKind key) {
        this(Defect.NONE, key, null, null);
    }

    MeasuredServer(TlsVersion version) {
        this(Defect.NONE, KeyKind.P256, version, null);
    }

    MeasuredServer(TlsVersion version, FaultAction fault) {
        this(Defect.NONE, KeyKind.P256, version, fault);
    }

    MeasuredServer(Defect defect, KeyKind key, @Nullable TlsVersion version, @Nullable FaultAction fault) {
        this.defect = defect;
        this.key = key;
        this.version = version;
        this.fault = fault;
    }

    static MeasuredServer named(String row) {
        return valueOf(row.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static CertificateAuthority authority() {
        return AUTHORITY;
    }

    boolean isVerified() {
        return !name().endsWith("UNVERIFIED");
    }

    /** What the client asks for. */
    String host() {
        return this == ADDRESS ? "127.0.0.1" : Openssl.HOST;
    }

    /** What the client shows, where the row is about that. */
    @Nullable
    CertificateChain clientCertificate() {
        return asksClients() ? AUTHORITY.issue(request("device.test")) : null;
    }

    private boolean asksClients() {
        return name().startsWith("NO_CLIENT_AUTH");
    }

    LoopbackGateway start() {
        return LoopbackGateway.secure(
                tls(),
                config -> fault == null
                        ? LoopbackGateway.forgiving(config)
                        : LoopbackGateway.forgiving(config).fault(Fault.always(fault)));
    }

    private TlsConfig tls() {
        CertificateChain chain =
                AUTHORITY.issue(request(Openssl.HOST).withKeyKind(key).withDefect(defect));
        boolean old = name().endsWith("TLS12") || this == STATIC_RSA_ONLY;
        Set<TlsVersion> versions = version == null
                ? (old ? Set.of(TlsVersion.TLSv1_2) : Set.of(TlsVersion.TLSv1_2, TlsVersion.TLSv1_3))
                : Set.of(version);
        return TlsConfig.serving(chain)
                .withEngine(Engine.BOUNCY_CASTLE) // BoringSSL picks PSS or PKCS#1 by the client's order
                .withVersions(versions)
                .withCipherSuites(this == STATIC_RSA_ONLY ? List.of("TLS_RSA_WITH_AES_128_GCM_SHA256") : List.of())
                .withHandshake(new HandshakeConfig(
                        this == GROUP_IT_LACKS ? List.of("X25519MLKEM768") : List.of(),
                        this == RSA_PSS_IN_TLS12,
                        List.of(),
                        asksClients() ? ClientCertificates.REQUIRED : ClientCertificates.NONE,
                        List.of(AUTHORITY.root())));
    }

    private static CertificateRequest request(String name) {
        return CertificateRequest.of(List.of(name), Instant.now().minus(Duration.ofHours(1)), Duration.ofDays(90));
    }
}
