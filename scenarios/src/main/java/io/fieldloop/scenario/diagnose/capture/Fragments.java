package io.fieldloop.scenario.diagnose.capture;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts IP packets together again that came in parts (RFC 791 section 3.2, RFC 8200 section 4.5), as many as few senders leave open. */
public final class Fragments {
    private static final int OPEN_MAX = 256;
    private static final int BYTES_MAX = 65_535;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int LINKTYPE_RAW = 101;

    private final Map<String, Parts> open = new LinkedHashMap<>();
    private long unfinished;

    private static final class Parts {
        private final TreeMap<Integer, byte[]> byOffset = new TreeMap<>();
        private int total = -1;

        /** All of it, or null while a part is missing. */
        byte @Nullable [] whole() {
            int next = 0;
            for (Map.Entry<Integer, byte[]> part : byOffset.entrySet()) {
                if (part.getKey() > next) {
                    return null;
                }
                next = Math.max(next, part.getKey() + part.getValue().length);
            }
            if (total < 0 || next < total) {
                return null;
            }
            byte[] whole = new byte[total];
            byOffset.forEach((offset, part) -> System.arraycopy(
                    part, 0, whole, Math.min(offset, total), Math.max(0, Math.min(part.length, total - offset))));
            return whole;
        }
    }

    /** The packet that this part was the last of, as an interface without a link layer would have it; null while others are missing. */
    public @Nullable Packet add(int point, Packet packet, Frame frame) {
        Address from = frame.source();
        Address to = frame.destination();
        String key = point + " " + Address.text(from.high(), from.low()) + ' ' + Address.text(to.high(), to.low()) + ' '
                + frame.identification() + ' ' + frame.protocol();
        Parts parts = open.computeIfAbsent(key, any -> new Parts());
        byte[] part = frame.fragmentPayload();
        if (frame.fragmentOffset() + part.length > BYTES_MAX) {
            return null;
        }
        parts.byOffset.putIfAbsent(frame.fragmentOffset(), part);
        if (!frame.isMoreToCome()) {
            parts.total = frame.fragmentOffset() + part.length;
        }
        byte[] whole = parts.whole();
        if (whole != null) {
            open.remove(key);
            return packet(packet, frame, whole);
        }
        if (open.size() > OPEN_MAX) {
            String oldest = open.keySet().iterator().next();
            open.remove(oldest);
            unfinished++;
        }
        return null;
    }

    /** Packets of which the capture lacks a part. */
    public long unfinished() {
        return unfinished + open.size();
    }

    private static Packet packet(Packet last, Frame frame, byte[] payload) {
        byte[] bytes = frame.isV6() ? v6(frame, payload) : v4(frame, payload);
        Packet whole = new Packet();
        whole.set(
                last.number(),
                last.nanos(),
                new CaptureInterface(
                        last.from().number(),
                        last.from().name(),
                        LINKTYPE_RAW,
                        last.from().clock()));
        whole.contents(bytes, 0, bytes.length, bytes.length);
        return whole;
    }

    private static byte[] v4(Frame frame, byte[] payload) {
        byte[] bytes = Arrays.copyOfRange(frame.bytes(), frame.headerAt(), frame.headerAt() + IPV4_HEADER_BYTES);
        bytes[0] = 0x45; // without options
        bytes[6] = 0;
        bytes[7] = 0;
        return joined(bytes, 2, IPV4_HEADER_BYTES + payload.length, payload);
    }

    private static byte[] v6(Frame frame, byte[] payload) {
        byte[] bytes = Arrays.copyOfRange(frame.bytes(), frame.headerAt(), frame.headerAt() + IPV6_HEADER_BYTES);
        bytes[6] = (byte) frame.protocol();
        return joined(bytes, 4, payload.length, payload);
    }

    private static byte[] joined(byte[] header, int lengthAt, int length, byte[] payload) {
        header[lengthAt] = (byte) (length >> 8);
        header[lengthAt + 1] = (byte) length;
        byte[] whole = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, whole, header.length, payload.length);
        return whole;
    }
}
