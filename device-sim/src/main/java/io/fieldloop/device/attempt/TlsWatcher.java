package io.fieldloop.device.attempt;

import io.fieldloop.device.tls.DeviceTlsException;

/** Who is told how the TLS handshake of a connection ended. */
public interface TlsWatcher extends SocketWitness {
    void tlsFailed(DeviceTlsException tls);
}
