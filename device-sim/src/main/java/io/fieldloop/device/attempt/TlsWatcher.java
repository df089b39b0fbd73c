package io.fieldloop.device.attempt;

import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.tls.TlsEstablished;

/** Who is told how the TLS handshake of a connection ended. */
public interface TlsWatcher {
    void tlsEstablished(TlsEstablished tls);

    void tlsFailed(DeviceTlsException tls);
}
