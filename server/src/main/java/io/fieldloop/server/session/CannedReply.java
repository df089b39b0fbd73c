package io.fieldloop.server.session;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Opus packets the gateway speaks: mono, 60 ms each.
 *
 * <p>The resource is a sequence of packets, each behind its length as an unsigned 16-bit big-endian number.
 */
final class CannedReply {
    private static final String RESOURCE = "reply.opus-packets";

    private final List<byte[]> packets;

    private CannedReply(List<byte[]> packets) {
        this.packets = packets;
    }

    /** The reply that ships with the gateway, read once for all gateways of a process. */
    static CannedReply bundled() {
        return Bundled.REPLY;
    }

    private static CannedReply load() {
        try (InputStream in = CannedReply.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The gateway's jar lacks " + RESOURCE);
            }
            return new CannedReply(read(new DataInputStream(in)));
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway's jar is damaged at " + RESOURCE, e);
        }
    }

    int frames() {
        return packets.size();
    }

    /** One packet; not a copy, so not to be written to. */
    byte[] packet(int index) {
        return packets.get(index);
    }

    private static List<byte[]> read(DataInputStream in) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        while (in.available() > 0) {
            byte[] packet = new byte[in.readUnsignedShort()];
            in.readFully(packet);
            packets.add(packet);
        }
        return packets;
    }

    /** Read when it is first asked for. */
    private static final class Bundled {
        private static final CannedReply REPLY = load();
    }
}
