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
    X509_FATAL_ERROR(0x3000, "X509 - A fatal error occurred, eg the chain is too long or the vrfy callback failed"),
    PK_UNKNOWN_NAMED_CURVE(0x3A00, "PK - Elliptic curve is unsupported (only NIST curves are supported)"),
    PK_UNKNOWN_PK_ALG(0x3C80, "PK - Key algorithm is unsupported (only RSA and EC are supported)"),
    RSA_VERIFY_FAILED(0x4380, 0x0095, "RSA - The PKCS#1 verification failed"),
    ECP_VERIFY_FAILED(0x4E00, 0x0095, "ECP - The signature is not valid"),
    SSL_ILLEGAL_PARAMETER(0x6600, "SSL - A field in a message was incorrect or inconsistent with other fields"),
    SSL_INTERNAL_ERROR(0x6C00, "SSL - Internal error (eg, unexpected failure in lower-level module)"),
    SSL_HANDSHAKE_FAILURE(0x6E00, "SSL - The handshake negotiation failed"),
    SSL_BAD_PROTOCOL_VERSION(0x6E80, "SSL - Handshake protocol not within min/max boundaries"),
    SSL_FEATURE_UNAVAILABLE(0x7080, "SSL - The requested feature is not available"),
    SSL_BAD_INPUT_DATA(0x7100, 0x0087, "SSL - Bad input parameters to function"),
    SSL_INVALID_MAC(0x7180, "SSL - Verification of the message MAC failed"),
    SSL_INVALID_RECORD(0x7200, "SSL - An invalid SSL record was received"),
    SSL_CONN_EOF(0x7280, "SSL - The connection indicated an EOF"),
    SSL_DECODE_ERROR(0x7300, "SSL - A message could not be parsed due to a syntactic error"),
    SSL_UNSUPPORTED_EXTENSION(0x7500, "SSL - No ALPN protocols supported that the client advertises"),
    SSL_UNEXPECTED_MESSAGE(0x7700, "SSL - An unexpected message was received from our peer"),
    SSL_FATAL_ALERT_MESSAGE(0x7780, "SSL - A fatal alert message was received from our peer"),
    SSL_PEER_CLOSE_NOTIFY(0x7880, "SSL - The peer notified us that the connection is going to be closed"),
    SSL_BAD_CERTIFICATE(0x7A00, "SSL - Processing of the Certificate handshake message failed"),
    SSL_RECEIVED_NEW_SESSION_TICKET(0x7B00, "SSL - A session ticket has been received for a connection that is in use"),
    SSL_ALLOC_FAILED(0x7F00, 0x008D, "SSL - Memory allocation failed");

    private final int magnitude;
    private final int psaMagnitude;
    private final String text;

    MbedTlsCode(int magnitude, String text) {
        this(magnitude, magnitude, text);
    }

    /** One that mbedTLS 4 replaced by PSA's number (docs/4.0-migration-guide.md, psa/crypto_values.h). */
    MbedTlsCode(int magnitude, int psaMagnitude, String text) {
        this.magnitude = magnitude;
        this.psaMagnitude = psaMagnitude;
        this.text = text;
    }

    /** As {@code ESP_LOGE("... -0x%04X", -ret)} prints it. */
    String logged(boolean psa) {
        return String.format(Locale.ROOT, "-0x%04X", psa ? psaMagnitude : magnitude);
    }

    String text() {
        return text;
    }
}
