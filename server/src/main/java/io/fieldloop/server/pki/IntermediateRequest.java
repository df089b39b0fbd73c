package io.fieldloop.server.pki;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that a server sends behind its own.
 *
 * <p>With a list of these a chain takes any shape that a server in the field was seen to send.
 *
 * @param notBefore first instant of validity, cut to whole seconds
 * @param notAfter last instant of validity, cut to whole seconds
 * @param hash what its issuer signs it with; null for the one that fits the issuer's key
 * @param root whether it is the root itself, which only the last of a chain can be: the run's, whose key and time are its own, or
 *     a foreign one
 */
public record IntermediateRequest(
        KeyKind keyKind,
        Instant notBefore,
        Instant notAfter,
        @Nullable SignatureHash hash,
        boolean root) {

    public IntermediateRequest {
        if (!notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException(
                    "An intermediate that begins at " + notBefore + " cannot end at " + notAfter + ".");
        }
    }
}
