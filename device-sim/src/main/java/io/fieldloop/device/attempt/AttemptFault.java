package io.fieldloop.device.attempt;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.Phase;
import io.fieldloop.device.tls.DeviceTlsException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in an attempt, before anybody has put it into words.
 *
 * @param endpoint where the attempt went, or null when the settings lead nowhere
 * @param tls what the TLS client said, when it was TLS that failed
 * @param status of the answer to the request to be let in, such as the HTTP status of an upgrade
 * @param lossCode what the receive task logs of an established connection that broke
 * @param modem how a modem refused to open a socket
 */
public record AttemptFault(
        FailureReason reason,
        Phase phase,
        @Nullable Endpoint endpoint,
        @Nullable DeviceTlsException tls,
        @Nullable Integer status,
        @Nullable String lossCode,
        @Nullable OpenRefused modem) {

    public static AttemptFault of(FailureReason reason, Phase phase, @Nullable Endpoint endpoint) {
        return new AttemptFault(reason, phase, endpoint, null, null, null, null);
    }

    public static AttemptFault of(DeviceTlsException tls, Endpoint endpoint) {
        return new AttemptFault(tls.reason(), Phase.TLS, endpoint, tls, null, null, null);
    }

    /** What a dial that failed in {@code phase} failed with. */
    public static AttemptFault ofDial(Throwable cause, Phase phase, Endpoint endpoint) {
        if (cause instanceof OpenRefused refused) {
            Throwable seen = refused.getCause();
            AttemptFault fault =
                    seen == null ? of(FailureReason.MODEM_REFUSED, phase, endpoint) : ofDial(seen, phase, endpoint);
            return fault.refusedBy(refused);
        }
        if (cause instanceof DeviceTlsException tls) {
            return of(tls, endpoint);
        }
        if (cause instanceof UnknownHostException) {
            return of(FailureReason.DNS_FAILURE, Phase.DNS, endpoint);
        }
        return of(ofConnect(cause), phase, endpoint);
    }

    private static FailureReason ofConnect(Throwable cause) {
        if (cause instanceof NoRouteToHostException) {
            return FailureReason.TCP_UNREACHABLE;
        }
        return cause instanceof ConnectException ? FailureReason.TCP_REFUSED : FailureReason.TCP_RESET;
    }

    AttemptFault withStatus(@Nullable Integer answered) {
        return new AttemptFault(reason, phase, endpoint, tls, answered, lossCode, modem);
    }

    AttemptFault withLossCode(String logged) {
        return new AttemptFault(reason, phase, endpoint, tls, status, logged, modem);
    }

    private AttemptFault refusedBy(OpenRefused refused) {
        return new AttemptFault(reason, phase, endpoint, tls, status, lossCode, refused);
    }

    public @Nullable String tlsCode() {
        return tls == null ? null : tls.code();
    }

    public @Nullable Integer alertSent() {
        return tls == null ? null : tls.alertSent();
    }

    public @Nullable Integer alertReceived() {
        return tls == null ? null : tls.alertReceived();
    }

    boolean overTls() {
        return endpoint != null && endpoint.tls();
    }

    String host() {
        return endpoint == null ? "" : endpoint.host();
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
