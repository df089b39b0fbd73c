package io.fieldloop.device.modem.ppp;

/** How a frame of PPP is written on a serial line (RFC 1662): flags around it, escapes in it, a checksum behind it. */
final class Hdlc {

    static final char FLAG = 0x7e;
    static final char ESCAPE = 0x7d;
    static final int FLIPPED = 0x20;
    static final String ADDRESS_AND_CONTROL = "\u00ff\u0003";

    /** What the checksum of a frame with its own checksum is. */
    static final int GOOD = 0xf0b8;

    private static final int POLYNOMIAL = 0x8408;
    private static final int[] TABLE = table();

    private Hdlc() {}

    private static int[] table() {
        int[] table = new int[256];
        for (int index = 0; index < table.length; index++) {
            int value = index;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? value >> 1 ^ POLYNOMIAL : value >> 1;
            }
            table[index] = value;
        }
        return table;
    }

    static int checksum(CharSequence bytes) {
        int sum = 0xffff;
        for (int index = 0; index < bytes.length(); index++) {
            sum = sum >> 8 ^ TABLE[(sum ^ bytes.charAt(index)) & 0xff];
        }
        return sum;
    }

    /** @param escaped a bit for each of the 32 control characters that the other end wants escaped */
    static String frame(int protocol, String payload, int escaped) {
        String plain = ADDRESS_AND_CONTROL + (char) (protocol >> 8) + (char) (protocol & 0xff) + payload;
        int sum = checksum(plain) ^ 0xffff;
        StringBuilder line = new StringBuilder(plain.length() + plain.length() / 4 + 8).append(FLAG);
        for (int index = 0; index < plain.length(); index++) {
            put(line, plain.charAt(index), escaped);
        }
        put(line, (char) (sum & 0xff), escaped);
        put(line, (char) (sum >> 8), escaped);
        return line.append(FLAG).toString();
    }

    private static void put(StringBuilder line, char value, int escaped) {
        if (value == FLAG || value == ESCAPE || (value < 32 && (escaped >>> value & 1) != 0)) {
            line.append(ESCAPE).append((char) (value ^ FLIPPED));
        } else {
            line.append(value);
        }
    }
}
