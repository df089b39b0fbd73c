package io.fieldloop.device.tls;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a device's TLS connection is made from.
 *
 * @param serverName the URL's host, even when it is an IP literal: sent as SNI (where the shape sends one) and wanted in the certificate
 * @param checksDates mbedTLS looks at notBefore and notAfter only when built with {@code MBEDTLS_HAVE_TIME_DATE}; stock firmware is not
 * @param deviceClock the device's own idea of the time, which may be 1970 or 2000
 * @param identity shown to a server that asks; null for an empty list of certificates
 * @param sessions of earlier connections, for a shape that keeps them
 * @param random all the chance there is: the same seed gives the same bytes
 * @param arithmetic what is known already of its handshakes
 */
public record TlsClientConfig(
        ClientHelloShape shape,
        String serverName,
        List<X509Certificate> trustAnchors,
        Verification verification,
        boolean checksDates,
        InstantSource deviceClock,
        HeapBudget heap,
        @Nullable ClientIdentity identity,
        KeptSessions sessions,
        SecureRandom random,
        SharedArithmetic arithmetic) {

    public TlsClientConfig {
        trustAnchors = List.copyOf(trustAnchors);
    }
}
