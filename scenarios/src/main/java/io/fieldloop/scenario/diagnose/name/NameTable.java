package io.fieldloop.scenario.diagnose.name;

import io.fieldloop.scenario.diagnose.capture.Address;
import io.fieldloop.scenario.diagnose.capture.Frame;
import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the questions about addresses, RFC 1035. */
public final class NameTable {
    public static final int PORT = 53;
    private static final int HEADER_BYTES = 12;
    private static final int ANSWER = 0x8000;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int QUESTIONS_MAX = 5000;
    private static final int LABELS_MAX = 128;
    private static final int POINTER = 0xC0;

    private final Map<String, NameQuestion> questions = new LinkedHashMap<>();

    /** A UDP packet from or to port 53. */
    public void accept(Frame frame, long packet, long nanos) {
        byte[] message = Arrays.copyOfRange(frame.bytes(), frame.payloadAt(), frame.payloadAt() + frame.payloadBytes());
        try {
            read(frame, message, new Moment(packet, nanos));
        } catch (IndexOutOfBoundsException cutOffOrDamaged) {
            return;
        }
    }

    private void read(Frame frame, byte[] message, Moment at) {
        int flags = Octets.u16(message, 2);
        boolean answer = (flags & ANSWER) != 0;
        StringBuilder name = new StringBuilder();
        int behindName = name(message, HEADER_BYTES, name);
        int type = Octets.u16(message, behindName);
        if (Octets.u16(message, 4) != 1 || (type != TYPE_A && type != TYPE_AAAA)) {
            return;
        }
        String asker = text(answer ? frame.destination() : frame.source());
        String server = text(answer ? frame.source() : frame.destination());
        String asked = name.toString().toLowerCase(Locale.ROOT);
        NameQuestion question = questions.get(asker + ' ' + asked);
        if (question == null) {
            if (questions.size() >= QUESTIONS_MAX) {
                return;
            }
            question = new NameQuestion(asker, server, asked, at);
            questions.put(asker + ' ' + asked, question);
        }
        if (answer) {
            question.answered(flags & 0x0F, addresses(message, behindName + 4), at);
        } else {
            question.asked(type == TYPE_A, at);
        }
    }

    private static List<String> addresses(byte[] message, int from) {
        List<String> addresses = new ArrayList<>();
        int at = from;
        for (int left = Octets.u16(message, 6); left > 0; left--) {
            at = name(message, at, new StringBuilder());
            int type = Octets.u16(message, at);
            int length = Octets.u16(message, at + 8);
            if ((type == TYPE_A && length == 4) || (type == TYPE_AAAA && length == 16)) {
                addresses.add(address(Arrays.copyOfRange(message, at + 10, at + 10 + length)));
            }
            at += 10 + length;
        }
        return addresses;
    }

    private static String address(byte[] octets) {
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(octets));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen octets are an address", e);
        }
    }

    /** Reads a name; returns where what follows it begins. */
    private static int name(byte[] message, int from, StringBuilder name) {
        int at = from;
        int end = -1;
        for (int labels = 0; labels < LABELS_MAX; labels++) {
            int length = Octets.u8(message, at);
            if (length == 0) {
                return end < 0 ? at + 1 : end;
            } else if ((length & POINTER) == POINTER) {
                end = end < 0 ? at + 2 : end;
                at = Octets.u16(message, at) & 0x3FFF;
            } else {
                name.append(name.length() == 0 ? "" : ".")
                        .append(new String(message, at + 1, length, StandardCharsets.ISO_8859_1));
                at += 1 + length;
            }
        }
        throw new IndexOutOfBoundsException("a name without end");
    }

    private static String text(Address address) {
        return Address.text(address.high(), address.low());
    }

    /** In the order of their first packets. */
    public List<NameQuestion> questions() {
        return List.copyOf(questions.values());
    }
}
