package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.websocket.WebSocketUrl;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt, before anybody has put it into words.
 *
 * @param url where the attempt went, or null when the URL itself was the fault
 * @param tls what the TLS client said, when it was TLS that failed
 * @param status HTTP status of the answer to the upgrade request
 * @param lossCode what the receive task logs of an established connection that broke
 */
record AttemptFault(
        FailureReason reason,
        Phase phase,
        @Nullable WebSocketUrl url,
        @Nullable DeviceTlsException tls,
        @Nullable Integer status,
        @Nullable String lossCode) {

    static AttemptFault of(FailureReason reason, Phase phase, @Nullable WebSocketUrl url) {
        return new AttemptFault(reason, phase, url, null, null, null);
    }

    static AttemptFault of(DeviceTlsException tls, WebSocketUrl url) {
        return new AttemptFault(tls.reason(), Phase.TLS, url, tls, null, null);
    }

    /** The connection broke after TCP and TLS were up. */
    static AttemptFault lost(Throwable cause, Phase phase, @Nullable WebSocketUrl url) {
        return new AttemptFault(FailureReason.CONNECTION_LOST, phase, url, null, null, LossLines.code(cause));
    }

    AttemptFault withStatus(@Nullable Integer httpStatus) {
        return new AttemptFault(reason, phase, url, tls, httpStatus, lossCode);
    }

    @Nullable
    String tlsCode() {
        return tls == null ? null : tls.code();
    }

    @Nullable
    Integer alertSent() {
        return tls == null ? null : tls.alertSent();
    }

    @Nullable
    Integer alertReceived() {
        return tls == null ? null : tls.alertReceived();
    }

    boolean overTls() {
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
            case CERTIFICATE_EXPIRED,
                    CERTIFICATE_NOT_YET_VALID,
                    CERTIFICATE_NAME_MISMATCH,
                    CERTIFICATE_UNTRUSTED,
                    CERTIFICATE_KEY_MISMATCH -> true;
            default -> false;
        };
    }
}
