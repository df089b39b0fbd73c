package io.fieldloop.device.tls;

import io.fieldloop.device.event.FailureReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a device's TLS connection ended, in the words and numbers of mbedTLS; fired once per connection, just before the close. */
public final class DeviceTlsException extends IOException {

    private final FailureReason reason;
    private final String code;
    private final int flags;
    private final @Nullable Integer alertSent;
    private final @Nullable Integer alertReceived;
    private final String text;

    DeviceTlsException(
            TlsFailure failure, boolean psaCodes, @Nullable Integer alertSent, @Nullable Integer alertReceived) {
        super(failure.code().logged(psaCodes) + " " + failure.text(), failure.cause());
        this.reason = failure.reason();
        this.code = failure.code().logged(psaCodes);
        this.flags = failure.flags();
        this.text = failure.text();
        this.alertSent = alertSent;
        this.alertReceived = alertReceived;
    }

    public FailureReason reason() {
        return reason;
    }

    /** The mbedTLS code as {@code esp-tls-mbedtls} logs it, e.g. {@code -0x2700}. */
    public String code() {
        return code;
    }

    /** {@code mbedtls_ssl_get_verify_result}: {@link CertificateFlags} or-ed, 0 unless the certificate was refused. */
    public int flags() {
        return flags;
    }

    /** The number of the last alert this side sent. */
    public @Nullable Integer alertSent() {
        return alertSent;
    }

    /** The number of the last alert the peer sent. */
    public @Nullable Integer alertReceived() {
        return alertReceived;
    }

    /** {@code mbedtls_strerror} of the code, or {@code mbedtls_x509_crt_verify_info} of the flags. */
    public String text() {
        return text;
    }
}
