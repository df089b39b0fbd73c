package io.fieldloop.server.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server certificate should say.
 *
 * @param names subject alternative names, the first also being the common name; an IPv4 or IPv6 literal becomes an IP entry
 * @param notBefore first instant of validity, cut to whole seconds
 * @param notAfter last instant of validity, cut to whole seconds
 * @param above what is sent behind it, from the one that signed it upwards; null for the authority's own intermediate
 */
public record CertificateRequest(
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        KeyKind keyKind,
        Defect defect,
        @Nullable List<IntermediateRequest> above) {

    public CertificateRequest {
        names = List.copyOf(names);
        above = above == null ? null : List.copyOf(above);
        if (above != null && defect.makesTheChain()) {
            throw new IllegalArgumentException("The defect " + defect + " makes the chain itself.");
        }
        if (above != null && above.stream().limit(Math.max(0, above.size() - 1)).anyMatch(IntermediateRequest::root)) {
            throw new IllegalArgumentException("Nothing stands above a root.");
        }
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
        return new CertificateRequest(names, notBefore, notBefore.plus(length), KeyKind.P256, Defect.NONE, null);
    }

    boolean sendsRoot() {
        return above != null && !above.isEmpty() && above.get(above.size() - 1).root();
    }

    public CertificateRequest withKeyKind(KeyKind other) {
        return new CertificateRequest(names, notBefore, notAfter, other, defect, above);
    }

    public CertificateRequest withDefect(Defect other) {
        return new CertificateRequest(names, notBefore, notAfter, keyKind, other, above);
    }

    public CertificateRequest withNames(List<String> others) {
        return new CertificateRequest(others, notBefore, notAfter, keyKind, defect, above);
    }

    /** The same, as long as before and ending then. */
    CertificateRequest endingAt(Instant end) {
        Instant begin = end.minus(Duration.between(notBefore, notAfter));
        return new CertificateRequest(names, begin, end, keyKind, defect, above);
    }

    /** With these behind it, from the one that signed it upwards. */
    public CertificateRequest withAbove(List<IntermediateRequest> others) {
        return new CertificateRequest(names, notBefore, notAfter, keyKind, defect, others);
    }
}
