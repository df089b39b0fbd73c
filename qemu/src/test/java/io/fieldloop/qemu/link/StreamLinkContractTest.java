package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.profile.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stream link: pieces of a stream go in and come out, and a loss is a delay. */
final class StreamLinkContractTest extends LinkContract {

    @Override
    LinkSubject open() {
        GatewayEnd gatewayEnd = new GatewayEnd();
        Stream stream = new Stream(gatewayEnd);
        gatewayEnd.stream.add(stream);
        return stream;
    }

    /** Of how the gateway's end was closed only the tap tells. */
    private static final class GatewayEnd implements LinkTap {
        private final List<Stream> stream = new ArrayList<>();

        @Override
        public void offered(long connection, Direction direction, Packet packet, @Nullable String fate) {}

        @Override
        public void delivered(long connection, Direction direction, Packet packet) {
            if (direction == Direction.UPSTREAM && !(packet instanceof Packet.Syn)) {
                stream.forEach(one -> one.gateway.add(one.at() + told(packet)));
            }
        }

        private static String told(Packet packet) {
            if (packet instanceof Packet.Data data) {
                return EmbeddedSubject.text(data.bytes());
            }
            return packet instanceof Packet.Rst ? "reset" : "fin";
        }
    }

    private static final class Stream extends EmbeddedSubject {
        private boolean reset;

        Stream(LinkTap tap) {
            super(tap);
            channel.pipeline().addLast(link.newConnection(), this);
            channel.runPendingTasks();
        }

        @Override
        void left(ByteBuf payload) {
            payload.release();
        }

        @Override
        Object fromGateway(ByteBuf payload) {
            return payload;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            device.add(at() + text(bytes));
            bytes.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            reset = true;
            device.add(at() + "reset");
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (!reset) {
                device.add(at() + "fin");
            }
        }
    }
}
