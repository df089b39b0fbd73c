package io.fieldloop.scenario.diagnose.voice;

import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Ends;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells voice from other UDP packets, and whose it is.
 *
 * <p>A header of 16 octets stands before the encrypted Opus: type 1, flags, length of what follows, identifier of the session,
 * timestamp, sequence (xiaozhi-esp32 main/protocols/mqtt_protocol.cc, xiaozhi-mqtt-gateway app.js).
 */
public final class VoiceTable {
    private static final int TYPE_VOICE = 1;
    private static final int IDENTIFIER_AT = 4;
    private static final int SESSIONS_MAX = 5000;

    private final Map<Key, VoiceSession> sessions = new LinkedHashMap<>();

    private record Key(int point, int identifier, long serverHigh, long serverLow, int serverPort) {}

    /** Takes a UDP packet; one that is no voice changes nothing. */
    public void accept(int point, Frame frame, long packet, long nanos) {
        if (!isVoice(frame)) {
            return;
        }
        boolean fromDevice = frame.sourcePort() >= frame.destinationPort();
        Ends ends = ends(frame, fromDevice);
        int identifier = Octets.i32(frame.bytes(), frame.payloadAt() + IDENTIFIER_AT);
        Key key = new Key(point, identifier, ends.serverHigh(), ends.serverLow(), ends.serverPort());
        VoiceSession session = sessions.get(key);
        if (session == null && sessions.size() < SESSIONS_MAX) {
            session = new VoiceSession(point, identifier, ends);
            sessions.put(key, session);
        }
        if (session != null) {
            session.accept(fromDevice, ends, frame, new Moment(packet, nanos));
        }
    }

    private static boolean isVoice(Frame frame) {
        int at = frame.payloadAt();
        return frame.payloadBytes() >= VoiceHalf.HEADER_BYTES
                && Octets.u8(frame.bytes(), at) == TYPE_VOICE
                && Octets.u16(frame.bytes(), at + 2) == frame.payloadBytesOnWire() - VoiceHalf.HEADER_BYTES;
    }

    private static Ends ends(Frame frame, boolean fromDevice) {
        Ends ofSender = Ends.ofSender(frame);
        return fromDevice ? ofSender : ofSender.swapped();
    }

    /** An ICMP error about the packet that this frame quotes. */
    public void unreachable(int point, Frame quoted, int typeAndCode, long packet, long nanos) {
        Ends ends = ends(quoted, quoted.sourcePort() >= quoted.destinationPort());
        sessions.values().stream()
                .filter(one -> one.point() == point && one.ends().equals(ends))
                .forEach(one -> one.unreachable(typeAndCode, new Moment(packet, nanos)));
    }

    /** In the order of their first packets. */
    public List<VoiceSession> sessions() {
        return List.copyOf(sessions.values());
    }
}
