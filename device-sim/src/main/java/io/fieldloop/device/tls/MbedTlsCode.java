package io.fieldloop.device.tls;

import java.util.Locale;

/**
 * The mbedTLS return codes a client's connection can end with, and {@code mbedtls_strerror} of each (mbedTLS 3.x ssl.h,
 * x509.h, net_sockets.h).
 */
enum MbedTlsCode {
    NET_CONN_RESET(0x0050, "NET - Connection was reset by peer"),
    NET_RECV_FAILED(0x004C, "NET - Reading information from the socket failed"),
    X509_CERT_VERIFY_FAILED(0x2700, "X509 - Certificate verification failed, e.g. CRL, CA or signature check failed"),
    RSA_VERIFY_FAILED(0x4380, "RSA - The PKCS#1 verification failed"),
    ECP_VERIFY_FAILED(0x4E00, "ECP - The signature is not valid"),
    SSL_ILLEGAL_PARAMETER(0x6600, "SSL - A field in a message was incorrect or inconsistent with other fields"),
    SSL_INTERNAL_ERROR(0x6C00, "SSL - Internal error (eg, unexpected failure in lower-level module)"),
    SSL_HANDSHAKE_FAILURE(0x6E00, "SSL - The handshake negotiation failed"),
    SSL_BAD_PROTOCOL_VERSION(0x6E80, "SSL - Handshake protocol not within min/max boundaries"),
    SSL_FEATURE_UNAVAILABLE(0x7080, "SSL - The requested feature is not available"),
    SSL_INVALID_MAC(0x7180, "SSL - Verification of the message MAC failed"),
    SSL_INVALID_RECORD(0x7200, "SSL - An invalid SSL record was received"),
    SSL_CONN_EOF(0x7280, "SSL - The connection indicated an EOF"),
    SSL_DECODE_ERROR(0x7300, "SSL - A message could not be parsed due to a syntactic error"),
    SSL_UNSUPPORTED_EXTENSION(0x7500, "SSL - No ALPN protocols supported that the client advertises"),
    SSL_UNEXPECTED_MESSAGE(0x7700, "SSL - An unexpected message was received from our peer"),
    SSL_FATAL_ALERT_MESSAGE(0x7780, "SSL - A fatal alert message was received from our peer"),
    SSL_PEER_CLOSE_NOTIFY(0x7880, "SSL - The peer notified us that the connection is going to be closed"),
    SSL_BAD_CERTIFICATE(0x7A00, "SSL - Processing of the Certificate handshake message failed"),
    SSL_ALLOC_FAILED(0x7F00, "SSL - Memory allocation failed");

    private final int magnitude;
    private final String text;

    MbedTlsCode(int magnitude, String text) {
        this.magnitude = magnitude;
        this.text = text;
    }

    /** As {@code ESP_LOGE("... -0x%04X", -ret)} prints it. */
    String logged() {
        return String.format(Locale.ROOT, "-0x%04X", magnitude);
    }

    String text() {
        return text;
    }
}
