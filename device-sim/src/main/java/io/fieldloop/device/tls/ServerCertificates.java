package io.fieldloop.device.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.jspecify.annotations.Nullable;

/** What a device makes of the certificates a server sends: whether they fit into its heap, can be read, and hold. */
record ServerCertificates(TlsClientConfig config) {
    /** Why they are not taken, and the alert that says so. */
    record Refusal(TlsFailure why, short alert) {}

    /** Null where they are taken. */
    @Nullable
    Refusal judge(Certificate certificate, int keyExchange) throws IOException {
        List<byte[]> entries = Arrays.stream(certificate.getCertificateList())
                .map(ServerCertificates::encoded)
                .toList();
        if (!config.heap().fitsChain(entries.stream().map(entry -> entry.length).toList())) {
            return new Refusal(TlsFailure.HEAP, AlertDescription.internal_error);
        }
        boolean readsAnything = config.shape().has(TlsTrait.READS_ANYTHING);
        boolean verifies = config.verification() != Verification.NONE && !certificate.isEmpty();
        if (!verifies && readsAnything) {
            return null;
        }
        List<ChainCertificate> chain = new ArrayList<>();
        for (byte[] entry : entries) {
            ChainCertificate read = read(entry);
            Refusal unreadable = readsAnything ? null : unreadable(read);
            if (unreadable != null) {
                return unreadable;
            }
            chain.add(read);
        }
        int flags = verifies ? verifier().verify(chain, config.serverName(), keyExchange) : 0;
        return flags == 0 ? null : new Refusal(TlsFailure.certificate(flags), (short) CertificateFlags.alert(flags));
    }

    private static byte[] encoded(TlsCertificate entry) {
        try {
            return entry.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChainCertificate read(byte[] entry) throws IOException {
        return config.arithmetic()
                .result(
                        ChainCertificate.class,
                        List.of("read", ByteBuffer.wrap(entry)),
                        () -> ChainCertificate.parse(entry));
    }

    /** {@code mbedtls_x509_crt_parse_der} runs whatever is verified later: a key on a curve this build was made without ends it all. */
    private @Nullable Refusal unreadable(ChainCertificate certificate) {
        ASN1ObjectIdentifier curve = certificate.curve();
        boolean known = curve == null
                || config.shape().groups().stream()
                        .map(NamedGroup::getCurveName)
                        .anyMatch(name -> name != null && curve.equals(ECNamedCurveTable.getOID(name)));
        return known && certificate.hasReadableKey()
                ? null
                : new Refusal(
                        known ? TlsFailure.UNKNOWN_KEY : TlsFailure.UNKNOWN_CURVE, AlertDescription.bad_certificate);
    }

    private CertificateVerifier verifier() {
        List<ChainCertificate> anchors = config.trustAnchors().stream()
                .map(anchor -> config.arithmetic()
                        .result(ChainCertificate.class, List.of("anchor", anchor), () -> ChainCertificate.of(anchor)))
                .toList();
        Instant now = config.checksDates() ? config.deviceClock().instant() : null;
        return new CertificateVerifier(
                anchors, config.verification(), now, config.shape().traits(), config.arithmetic());
    }
}
