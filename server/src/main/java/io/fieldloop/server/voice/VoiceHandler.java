package io.fieldloop.server.voice;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;

/** Takes the datagrams of a voice port. */
final class VoiceHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private final VoicePort port;

    VoiceHandler(VoicePort port) {
        super(DatagramPacket.class);
        this.port = port;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        port.receive(packet.content(), packet.sender());
    }

    /** One datagram's trouble, such as ICMP unreachable for an earlier one, is nobody else's. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            port.failed(cause);
        }
    }
}
