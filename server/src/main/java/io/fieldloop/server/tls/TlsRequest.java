package io.fieldloop.server.tls;

/** What can be asked of the TLS of an established connection, as a user event in its pipeline; BoringSSL knows none of it. */
public enum TlsRequest {
    /** Send a HelloRequest, up to TLS 1.2. */
    RENEGOTIATION,
    /** Send a KeyUpdate that asks for another, in TLS 1.3. */
    KEY_UPDATE
}
