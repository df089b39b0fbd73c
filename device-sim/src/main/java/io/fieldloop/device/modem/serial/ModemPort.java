package io.fieldloop.device.modem.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.modem.Modem;
import io.fieldloop.device.modem.ModemSettings;
import io.fieldloop.device.modem.PacketNetwork;
import io.fieldloop.device.modem.Wire;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A TCP port behind which every connection finds a modem of its own, fresh from power-up: its bytes are those of the serial line.
 *
 * <p>TCP tells no speed, so the line has the modem's own. {@code socat} makes a pseudo terminal of it.
 */
public final class ModemPort {

    /** The longest piece of a line that is shown. */
    private static final int SHOWN_CHARS = 100;

    private final ModemSettings settings;
    private final SecureRandom random;
    private final InstantSource clock;
    private final PacketNetwork packets;
    private final Consumer<String> traffic;

    /**
     * Modems whose lines {@code traffic} is shown, commands behind {@code >>} and what the modem says behind {@code <<}.
     *
     * @param packets where those of a PPP session go
     */
    public ModemPort(
            ModemSettings settings,
            SecureRandom random,
            InstantSource clock,
            PacketNetwork packets,
            Consumer<String> traffic) {
        this.settings = settings;
        this.random = random;
        this.clock = clock;
        this.packets = packets;
        this.traffic = traffic;
    }

    public ChannelFuture listen(EventLoopGroup group, SocketAddress at) {
        return new ServerBootstrap()
                .group(group)
                .channel(SocketTransport.of(group).serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Line(channel));
                    }
                })
                .bind(at);
    }

    /** Puts lines together that came in pieces. */
    private final class Shown {
        private final String arrow;
        private final StringBuilder line = new StringBuilder();

        Shown(String arrow) {
            this.arrow = arrow;
        }

        void add(String bytes) {
            for (int index = 0; index < bytes.length(); index++) {
                char next = bytes.charAt(index);
                if (next == '\r' || next == '\n') {
                    end();
                } else if (line.length() < SHOWN_CHARS) {
                    line.append(next);
                }
            }
        }

        private void end() {
            if (line.length() > 0) {
                traffic.accept(arrow + line);
                line.setLength(0);
            }
        }
    }

    /** One connection, and the modem at its end. */
    private final class Line extends SimpleChannelInboundHandler<ByteBuf> {

        private final Shown heard = new Shown(">> ");
        private final Shown said = new Shown("<< ");
        private final Modem modem;
        private final Wire toModem;

        Line(Channel channel) {
            modem = new Modem(
                    channel.eventLoop(),
                    settings,
                    new SocketNetwork(
                            channel.eventLoop(), random, clock, InetSocketAddress::new, packets, PacketNetwork.NONE),
                    (fault, text) -> traffic.accept("!! fault on " + text));
            toModem = new Wire(modem.timers(), modem::baud, modem::baud, modem::receive);
            Wire toHost = new Wire(
                    modem.timers(),
                    modem::baud,
                    modem::baud,
                    bytes -> channel.writeAndFlush(Unpooled.wrappedBuffer(bytes.getBytes(ISO_8859_1))));
            modem.connect(
                    bytes -> {
                        show(said, bytes);
                        toHost.send(bytes);
                    },
                    time -> {});
            modem.powerUp();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            String text = bytes.toString(ISO_8859_1);
            show(heard, text);
            toModem.send(text);
        }

        /** Packets are not for reading. */
        private void show(Shown shown, String bytes) {
            if (!modem.isOnLine()) {
                shown.add(bytes);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            modem.losePower();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
