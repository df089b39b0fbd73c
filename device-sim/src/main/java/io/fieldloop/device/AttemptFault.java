package io.fieldloop.device;

import io.fieldloop.device.websocket.WebSocketUrl;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt, before anybody has put it into words.
 *
 * @param url where the attempt went, or null when the URL itself was the fault
 * @param tlsCode mbedTLS code such as {@code -0x2700}
 * @param verifyFlags mbedTLS verification flags, zero when the certificate was not the fault
 */
record AttemptFault(
        FailureReason reason,
        AttemptPhase phase,
        @Nullable WebSocketUrl url,
        @Nullable String tlsCode,
        int verifyFlags,
        @Nullable Integer alertSent,
        @Nullable Integer alertReceived,
        @Nullable Integer status) {

    static AttemptFault of(FailureReason reason, AttemptPhase phase, @Nullable WebSocketUrl url) {
        return new AttemptFault(reason, phase, url, null, 0, null, null, null);
    }

    AttemptFault withStatus(@Nullable Integer httpStatus) {
        return new AttemptFault(reason, phase, url, tlsCode, verifyFlags, alertSent, alertReceived, httpStatus);
    }

    boolean tls() {
        return url != null && url.tls();
    }

    String host() {
        return url == null ? "" : url.host();
    }

    int port() {
        return url == null ? 0 : url.port();
    }

    boolean isCertificate() {
        return switch (reason) {
            case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, CERTIFICATE_NAME_MISMATCH, CERTIFICATE_UNTRUSTED ->
                true;
            default -> false;
        };
    }
}
