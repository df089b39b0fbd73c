package io.fieldloop.device.tls;

import java.time.Duration;

/**
 * User event: the handshake is complete, application data may flow.
 *
 * @param version as the gateway and JSSE spell it, e.g. {@code TLSv1.2}
 * @param suite IANA name, e.g. {@code TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384}
 * @param resumed whether an earlier session was taken up again
 * @param elapsed since the ClientHello was sent
 */
public record TlsEstablished(String version, String suite, boolean resumed, Duration elapsed) {}
