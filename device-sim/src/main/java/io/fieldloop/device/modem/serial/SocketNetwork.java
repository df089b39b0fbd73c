package io.fieldloop.device.modem.serial;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.modem.ModemNetwork;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.HeapBudget;
import io.fieldloop.device.tls.KeptSessions;
import io.fieldloop.device.tls.SharedArithmetic;
import io.fieldloop.device.tls.TlsClientConfig;
import io.fieldloop.device.tls.Verification;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The network of the machine the modem runs on; TLS verifies nothing, as a modem's is told to. */
final class SocketNetwork implements ModemNetwork {

    private final EventLoop loop;
    private final SecureRandom random;
    private final InstantSource clock;
    private final PacketNetwork packets;

    SocketNetwork(EventLoop loop, SecureRandom random, InstantSource clock, PacketNetwork packets) {
        this.loop = loop;
        this.random = random;
        this.clock = clock;
        this.packets = packets;
    }

    @Override
    public PacketNetwork packets() {
        return packets;
    }

    @Override
    public ChannelFuture stream(String host, int port, ChannelHandler pipeline) {
        return new Bootstrap()
                .group(loop)
                .channel(SocketTransport.of(loop.parent()).channel())
                .handler(pipeline)
                .connect(host, port);
    }

    @Override
    public ChannelFuture datagrams(String host, int port, ChannelHandler pipeline) {
        return new Bootstrap()
                .group(loop)
                .channel(SocketTransport.of(loop.parent()).datagramChannel())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Payloads(), pipeline);
                    }
                })
                .connect(host, port);
    }

    @Override
    public TlsClientConfig tls(String host) {
        return new TlsClientConfig(
                ClientHelloShape.MODEM_ML307,
                host,
                List.of(),
                Verification.NONE,
                false,
                clock,
                HeapBudget.unlimited(),
                null,
                new KeptSessions(),
                random,
                SharedArithmetic.none());
    }

    /** A connected socket hears one peer, so that the payload is all there is to know. */
    private static final class Payloads extends MessageToMessageDecoder<DatagramPacket> {

        Payloads() {
            super(DatagramPacket.class);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, DatagramPacket packet, List<Object> out) {
            ByteBuf payload = packet.content();
            out.add(payload.retain());
        }
    }
}
