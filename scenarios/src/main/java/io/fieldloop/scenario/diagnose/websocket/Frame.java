package io.fieldloop.scenario.diagnose.websocket;

import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** A frame (RFC 6455 section 5.2). */
public final class Frame {
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    private static final int RESERVED = 0x70;
    private static final int CONTROL_BYTES_MAX = 125;
    private static final int NO_CODE = 1005;
    private static final int SHORT_BYTES_MAX = 125;

    private final boolean fromClient;
    private final int first;
    private final boolean masked;
    private final boolean shortestLength;
    private final long length;
    private final byte[] payload;
    private final Moment at;

    /**
     * @param first its first octet: FIN, reserved bits, opcode
     * @param length of its payload
     * @param payload unmasked; only as much of it as is worth keeping
     */
    Frame(
            boolean fromClient,
            int first,
            boolean masked,
            boolean shortestLength,
            long length,
            byte[] payload,
            Moment at) {
        this.fromClient = fromClient;
        this.first = first;
        this.masked = masked;
        this.shortestLength = shortestLength;
        this.length = length;
        this.payload = payload;
        this.at = at;
    }

    public boolean fromClient() {
        return fromClient;
    }

    /** Where it ended. */
    public Moment at() {
        return at;
    }

    public long length() {
        return length;
    }

    /** Whether all of it was kept. */
    public boolean isWhole() {
        return payload.length == length;
    }

    /** Its bytes as a server would write them, in hex. */
    public String hex() {
        String lengthOctets = length > 0xFFFF
                ? String.format(Locale.ROOT, "7f%016x", length)
                : length > SHORT_BYTES_MAX || !shortestLength
                        ? String.format(Locale.ROOT, "7e%04x", length)
                        : String.format(Locale.ROOT, "%02x", length);
        String mask = masked ? "00000000" : "";
        String marked = masked
                ? String.format(Locale.ROOT, "%02x", Integer.parseInt(lengthOctets.substring(0, 2), 16) | 0x80)
                        + lengthOctets.substring(2)
                : lengthOctets;
        return String.format(Locale.ROOT, "%02x", first)
                + marked
                + mask
                + HexFormat.of().formatHex(payload);
    }

    public int opcode() {
        return first & 0x0F;
    }

    public boolean isFinal() {
        return (first & 0x80) != 0;
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** What a close frame says behind its code. */
    public String closeText() {
        return payload.length <= 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** The code of a close frame; 1005 where it has none (RFC 6455 section 7.4.1). */
    public int closeCode() {
        return payload.length < 2 ? NO_CODE : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }

    /** What a client of the letter refuses about a server's frame on its own, half a sentence; empty where nothing. */
    public String defect() {
        if (!fromClient && masked) {
            return "is masked, which only a client's may be";
        } else if ((first & RESERVED) != 0) {
            return "has a reserved bit set";
        } else if (opcode() > PONG || (opcode() > BINARY && opcode() < CLOSE)) {
            return "has the unknown opcode " + opcode();
        } else if (opcode() >= CLOSE && (!isFinal() || length > CONTROL_BYTES_MAX)) {
            return "is a control frame that is split or longer than 125 bytes";
        }
        return shortestLength ? "" : "writes its length in more bytes than it needs";
    }
}
