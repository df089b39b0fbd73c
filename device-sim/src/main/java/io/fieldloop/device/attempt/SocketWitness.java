package io.fieldloop.device.attempt;

import io.fieldloop.device.tls.TlsEstablished;

/** Who is told how far a connection has come, also where it is opened inside a modem and the device itself never learns. */
public interface SocketWitness {
    default void tcpConnected() {}

    void tlsEstablished(TlsEstablished tls);
}
