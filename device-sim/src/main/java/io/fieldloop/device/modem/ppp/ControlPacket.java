package io.fieldloop.device.modem.ppp;

import org.jspecify.annotations.Nullable;

/**
 * A packet of a protocol that controls PPP (RFC 1661, section 5).
 *
 * @param data what follows the four bytes of the header, a character each
 */
record ControlPacket(int code, int id, String data) {

    static final int CONFIGURE_REQUEST = 1;
    static final int CONFIGURE_ACK = 2;
    static final int CONFIGURE_NAK = 3;
    static final int CONFIGURE_REJECT = 4;
    static final int TERMINATE_REQUEST = 5;
    static final int TERMINATE_ACK = 6;
    static final int CODE_REJECT = 7;
    static final int PROTOCOL_REJECT = 8;
    static final int ECHO_REQUEST = 9;
    static final int ECHO_REPLY = 10;
    static final int DISCARD_REQUEST = 11;

    private static final int HEADER_BYTES = 4;

    /** Null where it is cut short; what follows its length is padding. */
    static @Nullable ControlPacket parse(String bytes) {
        if (bytes.length() < HEADER_BYTES) {
            return null;
        }
        int length = bytes.charAt(2) << 8 | bytes.charAt(3);
        if (length < HEADER_BYTES || length > bytes.length()) {
            return null;
        }
        return new ControlPacket(bytes.charAt(0), bytes.charAt(1), bytes.substring(HEADER_BYTES, length));
    }

    String encode() {
        int length = HEADER_BYTES + data.length();
        return "" + (char) code + (char) (id & 0xff) + (char) (length >> 8) + (char) (length & 0xff) + data;
    }
}
