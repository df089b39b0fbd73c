package io.fieldloop.server.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a server certificate should say.
 *
 * @param names subject alternative names, the first also being the common name; an IPv4 or IPv6 literal becomes an IP entry
 * @param notBefore first instant of validity, cut to whole seconds
 * @param notAfter last instant of validity, cut to whole seconds
 */
public record CertificateRequest(
        List<String> names, Instant notBefore, Instant notAfter, KeyKind keyKind, Defect defect) {

    public CertificateRequest {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A certificate needs at least one name.");
        }
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException(
                    "A certificate that begins at " + notBefore + " cannot end at " + notAfter + ".");
        }
    }

    /** A sound P-256 certificate for these names, valid from {@code notBefore} for {@code length}. */
    public static CertificateRequest of(List<String> names, Instant notBefore, Duration length) {
        return new CertificateRequest(names, notBefore, notBefore.plus(length), KeyKind.P256, Defect.NONE);
    }

    public CertificateRequest withKeyKind(KeyKind other) {
        return new CertificateRequest(names, notBefore, notAfter, other, defect);
    }

    public CertificateRequest withDefect(Defect other) {
        return new CertificateRequest(names, notBefore, notAfter, keyKind, other);
    }
}
