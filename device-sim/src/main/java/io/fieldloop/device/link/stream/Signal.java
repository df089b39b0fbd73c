package io.fieldloop.device.link.stream;

import io.fieldloop.device.link.event.LinkTap;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What travels along a direction of a connection besides data, in order with it. */
public sealed interface Signal {
    /** A connect on its way to the gateway. */
    record Open(SocketAddress remote, @Nullable SocketAddress local) implements Signal {}

    /** The gateway's acceptance on its way to the device. */
    record Opened() implements Signal {}

    /** The answer to a connect that failed. */
    record Refused(Throwable cause) implements Signal {}

    /** The sender closed. */
    record Fin() implements Signal {}

    /** The sender will send no more, but still reads. */
    record HalfFin() implements Signal {}

    /** The sender reset the connection. */
    record Rst() implements Signal {}

    /** The link itself ends the connection here: this many bytes have passed. */
    record CutHere(long atByte) implements Signal {}

    /** The packet that carries {@code content}; null for what no packet carries. */
    static LinkTap.@Nullable Packet packet(Object content) {
        if (content instanceof ByteBuf bytes) {
            return bytes.isReadable() ? new LinkTap.Packet.Data(bytes) : null;
        } else if (content instanceof Open open) {
            return new LinkTap.Packet.Syn(open.remote());
        } else if (content instanceof Opened) {
            return new LinkTap.Packet.SynAck();
        } else if (content instanceof Refused refused) {
            return refused.cause() instanceof UnknownHostException ? null : new LinkTap.Packet.Rst();
        } else if (content instanceof Fin || content instanceof HalfFin) {
            return new LinkTap.Packet.Fin();
        }
        return content instanceof Rst ? new LinkTap.Packet.Rst() : null;
    }
}
