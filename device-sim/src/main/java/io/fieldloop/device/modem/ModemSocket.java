package io.fieldloop.device.modem;

import io.fieldloop.device.attempt.SendStalled;
import io.fieldloop.device.attempt.SendWatch;
import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.profile.SendRules;
import io.fieldloop.device.tls.DeviceTlsException;
import io.fieldloop.device.tls.DeviceTlsHandler;
import io.fieldloop.device.tls.TlsEstablished;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One socket inside the modem: TCP, TLS over it, or UDP. */
final class ModemSocket {

    /** What the modem says of its sockets. */
    interface Owner {
        /** It is open, where there is no problem; else that is a key of the kind's errors. */
        void opened(ModemSocket socket, String problem);

        void received(ModemSocket socket, byte[] bytes);

        void lost(ModemSocket socket);
    }

    /** What it holds of bytes that are not acknowledged, and how long TCP repeats them: both assumed. */
    private static final int WINDOW_BYTES = 8192;

    private static final SendRules TCP = new SendRules(Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofMinutes(2));

    private final int id;
    private final String type;
    private final String host;
    private final int port;
    private final boolean tls;
    private final Owner owner;
    private final Consumer<ChannelPipeline> client;
    private final @Nullable SocketWitness witness;
    private @Nullable Channel channel;
    private @Nullable Throwable seen;
    private @Nullable Runnable whenRoom;
    private boolean open;
    private boolean over;
    private int outstandingBytes;

    /** @param client adds what speaks behind TLS, where that is in the modem, too */
    ModemSocket(
            int id,
            String type,
            String host,
            int port,
            boolean tls,
            Owner owner,
            Consumer<ChannelPipeline> client,
            @Nullable SocketWitness witness) {
        this.id = id;
        this.type = type;
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.owner = owner;
        this.client = client;
        this.witness = witness;
    }

    boolean isDatagram() {
        return type.equals("UDP");
    }

    boolean isTls() {
        return tls;
    }

    boolean isOpen() {
        return open;
    }

    /** What went wrong below the number that the device is told; null where nothing did. */
    @Nullable
    Throwable seen() {
        return seen;
    }

    /** The value of a gap in a line about this socket; null where it is not about the socket. */
    @Nullable
    String value(String gap) {
        return switch (gap) {
            case "id" -> Integer.toString(id);
            case "type" -> type;
            case "host" -> host;
            case "port" -> Integer.toString(port);
            case "condition" -> open ? "CONNECTED" : "CONNECTING";
            default -> null;
        };
    }

    void open(ModemNetwork network) {
        Pipeline pipeline = new Pipeline(network);
        ChannelFuture dialled =
                isDatagram() ? network.datagrams(host, port, pipeline) : network.stream(host, port, pipeline);
        channel = dialled.channel();
        dialled.addListener(result -> dialled(dialled.cause()));
    }

    private void dialled(@Nullable Throwable cause) {
        if (over) {
            close(); // it was closed before the channel could be
        } else if (cause != null) {
            failed(cause);
        } else {
            if (witness != null) {
                witness.tcpConnected();
            }
            if (!tls) {
                opened();
            }
        }
    }

    private void opened() {
        open = true;
        owner.opened(this, "");
    }

    private void failed(Throwable cause) {
        if (over) {
            return;
        }
        seen = cause;
        boolean wasOpen = open;
        close();
        if (wasOpen) {
            owner.lost(this);
        } else {
            owner.opened(
                    this,
                    cause instanceof UnknownHostException
                            ? "dns"
                            : cause instanceof DeviceTlsException ? "tls" : "tcp");
        }
    }

    /** Sends; {@code taken} is run when the modem has room again. */
    void send(String bytes, Runnable taken) {
        Channel current = channel;
        if (current == null || !open) {
            return;
        }
        int count = bytes.length();
        outstandingBytes += count;
        whenRoom = taken;
        makeRoom(); // it answers before the network can
        current.writeAndFlush(Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .addListener(sent -> {
                    outstandingBytes -= count;
                    makeRoom();
                });
    }

    private void makeRoom() {
        Runnable waiting = whenRoom;
        if (waiting != null && (outstandingBytes <= WINDOW_BYTES || isDatagram())) {
            whenRoom = null;
            waiting.run();
        }
    }

    void close() {
        over = true;
        open = false;
        whenRoom = null;
        if (channel != null && channel.isRegistered()) {
            channel.close();
        }
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        private final ModemNetwork network;

        Pipeline(ModemNetwork network) {
            this.network = network;
        }

        @Override
        protected void initChannel(Channel opening) {
            if (!isDatagram()) {
                opening.pipeline().addLast("send-watch", new SendWatch(TCP));
            }
            if (tls) {
                opening.pipeline().addLast("tls", new DeviceTlsHandler(network.tls(host)));
            }
            client.accept(opening.pipeline());
            opening.pipeline().addLast("modem", new End());
        }
    }

    /** What the socket's bytes and its end become. */
    private final class End extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf data && open) {
                byte[] bytes = new byte[data.readableBytes()];
                data.readBytes(bytes);
                owner.received(ModemSocket.this, bytes);
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof TlsEstablished established && !over) {
                if (witness != null) {
                    witness.tlsEstablished(established);
                }
                opened();
            } else if (event instanceof SendStalled) {
                failed(new StalledException());
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (open && !over) {
                close();
                owner.lost(ModemSocket.this);
            }
        }

        /** A datagram socket is told of nothing. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!isDatagram()) {
                failed(cause);
            }
        }
    }
}
