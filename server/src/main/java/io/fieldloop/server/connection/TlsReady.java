package io.fieldloop.server.connection;

/** User event: TLS is established, and what comes from now on is application data. */
public enum TlsReady {
    READY
}
