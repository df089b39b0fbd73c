package io.fieldloop.device.link.event;

import io.fieldloop.device.link.profile.Direction;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sees every packet of a link where it is sent and again where it arrives; called on the link's event loop.
 *
 * <p>A stream link has no frames and no acknowledgements: a packet here is a piece of the stream, or its beginning or end.
 * What the link makes up itself, such as a reset, arrives without having been sent.
 */
public interface LinkTap {
    /** Sees nothing. */
    LinkTap NONE = new LinkTap() {
        @Override
        public void offered(long connection, Direction direction, Packet packet, @Nullable String fate) {}

        @Override
        public void delivered(long connection, Direction direction, Packet packet) {}
    };

    /**
     * A packet comes to the link.
     *
     * @param connection the connection's ordinal on the link
     * @param fate what the link does to it, or null when it just arrives
     */
    void offered(long connection, Direction direction, Packet packet, @Nullable String fate);

    /** A packet arrives. */
    void delivered(long connection, Direction direction, Packet packet);

    /** What passes a link. */
    sealed interface Packet {
        /** The device connects, to where its gateway really is. */
        record Syn(SocketAddress remote) implements Packet {}

        /** The gateway accepts. */
        record SynAck() implements Packet {}

        /** A piece of the stream; its bytes may only be read, and only during the call. */
        record Data(ByteBuf bytes) implements Packet {}

        /**
         * A datagram, whose connection is 0; its bytes as of {@link Data}.
         *
         * @param device the device's address: at the device its own, at the far side of the link the one its operator's NAT shows
         */
        record Datagram(SocketAddress device, SocketAddress remote, ByteBuf bytes) implements Packet {}

        /** The sender sends no more. */
        record Fin() implements Packet {}

        /** The connection is reset or refused. */
        record Rst() implements Packet {}
    }
}
