package io.fieldloop.qemu.link;

import io.fieldloop.device.link.event.LinkTap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The datagram link: payloads go in and come out of a connected channel. */
final class DatagramLinkContractTest extends DatagramContract {

    @Override
    LinkSubject open() {
        return new Datagrams();
    }

    private static final class Datagrams extends EmbeddedSubject {
        private static final InetSocketAddress GATEWAY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8884);

        Datagrams() {
            super(LinkTap.NONE);
            channel.pipeline().addLast(link.newDatagramSocket(remapped -> {}), this);
        }

        private void note(List<String> side, ByteBuf payload) {
            side.add(at() + text(payload));
            payload.release();
        }

        @Override
        void left(ByteBuf payload) {
            note(gateway, payload);
        }

        @Override
        Object fromGateway(ByteBuf payload) {
            return new DatagramPacket(payload, GATEWAY, GATEWAY);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            note(device, (ByteBuf) message);
        }
    }
}
