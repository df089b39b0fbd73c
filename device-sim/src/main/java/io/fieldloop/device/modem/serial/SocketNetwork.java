package io.fieldloop.device.modem.serial;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.modem.ModemNetwork;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.device.tls.HeapBudget;
import io.fieldloop.device.tls.KeptSessions;
import io.fieldloop.device.tls.TlsClientConfig;
import io.fieldloop.device.tls.Verification;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network of the machine the modem runs on; TLS verifies nothing, as a modem's is told to. */
public final class SocketNetwork implements ModemNetwork {

    /** What a modem's name server says; null where there is no such name. */
    @FunctionalInterface
    public interface Places {
        @Nullable
        InetSocketAddress of(String host, int port);
    }

    /** A segment of TCP: what a modem passes on in one line. */
    private static final int READ_BYTES = 1460;

    private final EventLoop loop;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Places places;
    private final PacketNetwork packets;
    private final PacketNetwork frames;

    /**
     * A network for sockets of this machine.
     *
     * @param packets where those of a PPP session go
     * @param frames where those of a network card go
     */
    public SocketNetwork(
            EventLoop loop,
            SecureRandom random,
            InstantSource clock,
            Places places,
            PacketNetwork packets,
            PacketNetwork frames) {
        this.loop = loop;
        this.random = random;
        this.clock = clock;
        this.places = places;
        this.packets = packets;
        this.frames = frames;
    }

    @Override
    public PacketNetwork frames() {
        return frames;
    }

    @Override
    public PacketNetwork packets() {
        return packets;
    }

    @Override
    public ChannelFuture stream(String host, int port, ChannelHandler pipeline) {
        return dial(host, port, SocketTransport.of(loop.parent()).channel(), pipeline);
    }

    @Override
    public ChannelFuture datagrams(String host, int port, ChannelHandler pipeline) {
        ChannelInitializer<Channel> payloads = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Payloads(), pipeline);
            }
        };
        return dial(host, port, SocketTransport.of(loop.parent()).datagramChannel(), payloads);
    }

    private ChannelFuture dial(String host, int port, Class<? extends Channel> kind, ChannelHandler pipeline) {
        InetSocketAddress place = places.of(host, port);
        Bootstrap dialler = new Bootstrap()
                .group(loop)
                .channel(kind)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .handler(pipeline);
        return place == null
                ? dialler.register().channel().newFailedFuture(new UnknownHostException(host))
                : dialler.connect(place);
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
