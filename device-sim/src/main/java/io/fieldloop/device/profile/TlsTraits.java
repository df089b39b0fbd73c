package io.fieldloop.device.profile;

/**
 * A profile's TLS client.
 *
 * @param hello which ClientHello it sends
 * @param verifies whether it checks the chain and the name; a modem with {@code "auth",0,0} checks nothing
 * @param checksDates whether validity dates count; stock ESP-IDF is built without MBEDTLS_HAVE_TIME_DATE and accepts expired certificates
 * @param heapBytes free heap for TLS buffers and handshake
 * @param recordBytesMax largest record it can receive
 */
public record TlsTraits(
        ClientHelloKind hello, boolean verifies, boolean checksDates, int heapBytes, int recordBytesMax) {}
