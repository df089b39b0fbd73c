package io.fieldloop.device.tls;

import java.util.List;

/**
 * The memory a device has for one TLS connection, as a model: what does not fit ends in {@code -0x7F00}.
 *
 * <p>The record buffers are exact: content plus 333 bytes of header, IV, MAC and padding room, the well-known {@code
 * alloc(16717 bytes) failed} of
 * mbedTLS. The other costs are assumed, of the right order (three connections fit an ESP32, four an ESP32-C3, as
 * measured). Fragmentation of the
 * heap is not modelled: {@code freeBytes} is what mbedTLS can really get.
 *
 * @param freeBytes free heap when the connection is opened
 * @param inRecordBytes {@code MBEDTLS_SSL_IN_CONTENT_LEN}: a longer record of the peer is an invalid record to this client
 * @param outRecordBytes {@code MBEDTLS_SSL_OUT_CONTENT_LEN}: longer writes are split
 * @param dynamicBuffers {@code MBEDTLS_DYNAMIC_BUFFER}: record buffers exist only while a record passes through
 */
public record HeapBudget(int freeBytes, int inRecordBytes, int outRecordBytes, boolean dynamicBuffers) {

    private static final int RECORD_OVERHEAD_BYTES = 333;

    /** What of it is for a record's protection: {@code MBEDTLS_SSL_PAYLOAD_OVERHEAD}, without connection ids. */
    private static final int PROTECTION_BYTES = 320;

    /** ssl context, config, handshake parameters, entropy and DRBG. Assumed. */
    private static final int CONTEXT_BYTES = 6_000;

    /** {@code mbedtls_x509_crt} with its names and key, next to the DER. Assumed. */
    private static final int CERTIFICATE_OVERHEAD_BYTES = 1_500;

    /** Bignums and points of one ECDHE exchange and one signature check. Assumed. */
    private static final int KEY_EXCHANGE_BYTES = 8_000;

    private static final int IN_CONTENT_BYTES = 16_384;
    private static final int ESP_OUT_CONTENT_BYTES = 4_096;

    /** ESP-IDF's record buffers (IN 16384, OUT 4096) and the xiaozhi build's dynamic buffers. */
    public static HeapBudget espIdf(int freeBytes) {
        return new HeapBudget(freeBytes, IN_CONTENT_BYTES, ESP_OUT_CONTENT_BYTES, true);
    }

    /** A client whose memory is no subject: full records both ways. */
    public static HeapBudget unlimited() {
        return new HeapBudget(Integer.MAX_VALUE, IN_CONTENT_BYTES, IN_CONTENT_BYTES, false);
    }

    public HeapBudget withDynamicBuffers(boolean dynamic) {
        return new HeapBudget(freeBytes, inRecordBytes, outRecordBytes, dynamic);
    }

    public HeapBudget withRecordBytes(int in, int out) {
        return new HeapBudget(freeBytes, in, out, dynamicBuffers);
    }

    /** The longest record, as its header says it, or message joined from several, that the input buffer has room for. */
    int inBytesMax() {
        return inRecordBytes + PROTECTION_BYTES;
    }

    /**
     * What a record longer than that is to this client.
     *
     * <p>mbedTLS has no room for it ({@code mbedtls_ssl_fetch_input}); ESP-IDF's dynamic buffers make some, and it is found too long after it was
     * decrypted ({@code ssl_prepare_record_content}). Measured with buffers that are not dynamic, on upstream 2.28.3 and 3.6.6.
     */
    TlsFailure tooLong() {
        return dynamicBuffers ? TlsFailure.RECORD_TOO_LONG : TlsFailure.NO_ROOM;
    }

    /** Its content length as a code of max_fragment_length: 1 for 512 bytes to 4 for 4096. */
    short maxFragmentLength() {
        return (short) (Integer.numberOfTrailingZeros(inRecordBytes) - Byte.SIZE);
    }

    /** Whether {@code mbedtls_ssl_setup} gets its memory; where not, not a byte is sent. */
    boolean fitsSetup() {
        return CONTEXT_BYTES + inBufferBytes() + outBufferBytes() <= freeBytes || !isLimited();
    }

    /** Whether the server's chain can be held and checked while its record is still in the buffer. */
    boolean fitsChain(List<Integer> certificateBytes) {
        long chain = 0;
        for (int bytes : certificateBytes) {
            chain += bytes;
        }
        long record = dynamicBuffers ? chain + RECORD_OVERHEAD_BYTES : (long) inBufferBytes() + outBufferBytes();
        long parsed = chain + (long) CERTIFICATE_OVERHEAD_BYTES * certificateBytes.size();
        return !isLimited() || CONTEXT_BYTES + record + parsed + KEY_EXCHANGE_BYTES <= freeBytes;
    }

    private boolean isLimited() {
        return freeBytes != Integer.MAX_VALUE;
    }

    private int inBufferBytes() {
        return dynamicBuffers ? 0 : inRecordBytes + RECORD_OVERHEAD_BYTES;
    }

    private int outBufferBytes() {
        return outRecordBytes + RECORD_OVERHEAD_BYTES;
    }
}
