package io.fieldloop.qemu.link.packet;

import io.fieldloop.device.link.event.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A DNS query with one question (RFC 1035 section 4), and the answers a link gives to it. */
public final class NameQuery {
    /** What a resolver says when it cannot say. */
    public static final int SERVER_FAILURE = 2;

    /** What a resolver says of a name that does not exist. */
    public static final int NO_SUCH_NAME = 3;

    private static final int PORT = 53;
    private static final int HEADER_BYTES = 12;
    private static final int LABEL_BYTES_MAX = 63;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int CLASS_IN = 1;
    private static final int TIME_TO_LIVE_SECONDS = 10;

    private final Frame frame;
    private final ByteBuf message;
    private final String name;
    private final int questionEnd;

    private NameQuery(Frame frame, ByteBuf message, String name, int questionEnd) {
        this.frame = frame;
        this.message = message;
        this.name = name;
        this.questionEnd = questionEnd;
    }

    /** Whether a frame goes to a resolver. */
    public static boolean isFor(Frame frame) {
        return frame.kind() == Frame.Kind.UDP && frame.destinationPort() == PORT;
    }

    /** The query in a frame; null when it is none with one question. */
    public static @Nullable NameQuery in(Frame frame) {
        ByteBuf message = frame.datagram();
        boolean isQuery = message.readableBytes() > HEADER_BYTES
                && (message.getUnsignedShort(2) & 0xf800) == 0
                && message.getUnsignedShort(4) == 1;
        if (!isQuery) {
            return null;
        }
        StringBuilder name = new StringBuilder();
        int at = HEADER_BYTES;
        int label = message.getUnsignedByte(at);
        while (label > 0 && label <= LABEL_BYTES_MAX && at + label + 1 < message.writerIndex()) {
            name.append(name.isEmpty() ? "" : ".");
            name.append(message.toString(at + 1, label, StandardCharsets.ISO_8859_1));
            at += label + 1;
            label = message.getUnsignedByte(at);
        }
        int end = at + 5;
        return label == 0 && end <= message.writerIndex() ? new NameQuery(frame, message, name.toString(), end) : null;
    }

    /** The name asked for, without the last dot. */
    public String name() {
        return name;
    }

    /** What kind of address it asks for; null for anything else. */
    public @Nullable RecordType type() {
        if (message.getUnsignedShort(questionEnd - 2) != CLASS_IN) {
            return null;
        }
        return switch (message.getUnsignedShort(questionEnd - 4)) {
            case TYPE_A -> RecordType.A;
            case TYPE_AAAA -> RecordType.AAAA;
            default -> null;
        };
    }

    /** The frame of the answer: that address for a query for one, no record for any other type. */
    public ByteBuf answer(InetAddress address) {
        return answer(type() == RecordType.A ? List.of(address) : List.of(), TIME_TO_LIVE_SECONDS);
    }

    /** The frame of an answer with these addresses, which are of the type that was asked for. */
    public ByteBuf answer(List<InetAddress> addresses, long timeToLiveSeconds) {
        ByteBuf reply = reply(0, addresses.size());
        for (InetAddress address : addresses) {
            byte[] bytes = address.getAddress();
            // The question's name by reference (RFC 1035 section 4.1.4), type, class, time to live, length, address.
            reply.writeShort(0xc000 | HEADER_BYTES)
                    .writeShort(bytes.length == 4 ? TYPE_A : TYPE_AAAA)
                    .writeShort(CLASS_IN);
            reply.writeInt((int) timeToLiveSeconds).writeShort(bytes.length).writeBytes(bytes);
        }
        return finished(reply);
    }

    /** The frame of an answer without records, with that response code. */
    public ByteBuf failure(int code) {
        return finished(reply(code, 0));
    }

    private ByteBuf reply(int code, int answers) {
        ByteBuf reply = Unpooled.buffer();
        int recursionDesired = message.getUnsignedShort(2) & 0x0100;
        reply.writeShort(message.getUnsignedShort(0)).writeShort(0x8080 | recursionDesired | code);
        reply.writeShort(1).writeShort(answers).writeInt(0);
        return reply.writeBytes(message, HEADER_BYTES, questionEnd - HEADER_BYTES);
    }

    private ByteBuf finished(ByteBuf reply) {
        return TcpEnds.like(frame, frame.sourcePort(), PORT).back().datagram(ByteBufUtil.getBytes(reply));
    }
}
