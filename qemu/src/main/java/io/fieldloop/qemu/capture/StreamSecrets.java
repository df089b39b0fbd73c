package io.fieldloop.qemu.capture;

import io.fieldloop.qemu.link.packet.Frame;
import io.fieldloop.qemu.link.packet.IpAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Blanks what is secret in the segments of TCP streams, also where it is cut over two.
 *
 * <p>What came before a segment is looked at with it. It is kept by the number that the segment begins with, since each segment is
 * seen twice, at both ends of the link, and again where it is sent again.
 */
final class StreamSecrets {
    /** So much of a stream's beginning, or of a secret, is looked at once more: request heads and MQTT's CONNECT are shorter. */
    private static final int WHOLE_BYTES_MAX = 4096;

    /** Elsewhere it is enough to find a name that was cut. */
    private static final int NAME_BYTES_MAX = 64;

    private static final int PLACES_MAX = 1024;

    private final UnaryOperator<byte[]> secrets;
    private final Map<Place, Earlier> before = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Earlier> eldest) {
            return size() > PLACES_MAX;
        }
    };

    StreamSecrets(UnaryOperator<byte[]> secrets) {
        this.secrets = secrets;
    }

    /** The payload of a TCP frame, as long as it was. */
    synchronized byte[] blanked(Frame frame, byte[] payload) {
        Place place = Place.of(frame, frame.segment().sequence());
        Earlier earlier = before.getOrDefault(place, Earlier.NOTHING);
        byte[] both = Arrays.copyOf(earlier.bytes, earlier.bytes.length + payload.length);
        System.arraycopy(payload, 0, both, earlier.bytes.length, payload.length);
        byte[] blanked = secrets.apply(both);
        int last = both.length - 1;
        boolean endsInSecret = blanked[last] != both[last];
        long streamBytes = earlier.streamBytes + payload.length;
        int kept = endsInSecret || streamBytes <= WHOLE_BYTES_MAX ? WHOLE_BYTES_MAX : NAME_BYTES_MAX;
        before.put(
                Place.of(frame, frame.segment().sequence() + payload.length),
                new Earlier(Arrays.copyOfRange(both, Math.max(0, both.length - kept), both.length), streamBytes));
        return Arrays.copyOfRange(blanked, earlier.bytes.length, both.length);
    }

    /** What is kept of the bytes before a place, and how many there were. */
    private static final class Earlier {
        static final Earlier NOTHING = new Earlier(new byte[0], 0);

        final byte[] bytes;
        final long streamBytes;

        Earlier(byte[] bytes, long streamBytes) {
            this.bytes = bytes;
            this.streamBytes = streamBytes;
        }
    }

    /** Where in which direction of which connection. */
    private record Place(IpAddress from, int fromPort, IpAddress to, int toPort, int sequence) {
        static Place of(Frame frame, int sequence) {
            return new Place(
                    frame.source(), frame.sourcePort(), frame.destination(), frame.destinationPort(), sequence);
        }
    }
}
