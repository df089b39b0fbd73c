package io.fieldloop.server;

import io.fieldloop.server.tls.SharedArithmetic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A gateway's pipelines in memory, on time that stands still until a test moves it; clients connect to the listener added last. */
public final class FrozenGateway implements AutoCloseable {
    public static final Instant EPOCH = Instant.parse("2026-03-04T05:06:07Z");
    private static final AttributeKey<InetAddress> SOURCE = AttributeKey.valueOf("source");

    private final MockTicker ticker = Ticker.newMockTicker();
    private final RecordingListener events = new RecordingListener();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<Channel> resets = new ArrayList<>();
    private final EmbeddedChannel home;
    private final GatewayState state;
    private final GatewayConfig config;

    public FrozenGateway(UnaryOperator<GatewayConfig.Builder> more) {
        home = EmbeddedChannel.builder().ticker(ticker).build();
        channels.add(home);
        config = more.apply(
                        GatewayConfig.builder().listener(ListenerConfig.plain("ws", RunningGateway.anyLoopbackPort())))
                .build();
        GatewayRuntime runtime = new GatewayRuntime(
                home.eventLoop(),
                LocalServerChannel::new,
                EmbeddedChannel::new,
                () -> EPOCH.plusNanos(ticker.nanoTime()),
                new CountingRandom(),
                channel -> channel.attr(SOURCE).get(),
                channel -> {
                    resets.add(channel);
                    channel.close();
                },
                SharedArithmetic.none());
        state = new GatewayState(config, runtime, home.eventLoop(), new GuardedListener(events));
    }

    public RecordingListener events() {
        return events;
    }

    GatewayState state() {
        return state;
    }

    /** A client that just connected from this address. */
    public Client connect(String source) {
        return connect(config.listeners().get(config.listeners().size() - 1).name(), source);
    }

    /** A client that just connected to that listener from this address. */
    public Client connect(String listener, String source) {
        EmbeddedChannel channel =
                EmbeddedChannel.builder().ticker(ticker).register(false).build();
        channels.add(channel);
        channel.attr(SOURCE).set(address(source));
        channel.pipeline().addLast(state.initializer(listenerNamed(listener), null));
        try {
            channel.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return new Client(channel);
    }

    /** The datagrams of that voice listener. */
    public Datagrams voice(String listener) {
        EmbeddedChannel channel = EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(state.voice((ListenerConfig.Voice) listenerNamed(listener)))
                .build();
        channels.add(channel);
        return new Datagrams(channel);
    }

    private ListenerConfig listenerNamed(String name) {
        return config.listeners().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public Client connect() {
        return connect("192.0.2.7");
    }

    /** Lets time pass in steps small enough for timers to set timers. */
    public void advance(Duration by) {
        long end = ticker.nanoTime() + by.toNanos();
        run();
        while (ticker.nanoTime() < end) {
            long next = channels.stream()
                    .mapToLong(EmbeddedChannel::runScheduledPendingTasks)
                    .filter(delay -> delay > 0)
                    .min()
                    .orElse(Long.MAX_VALUE);
            ticker.advance(Math.min(next, end - ticker.nanoTime()), TimeUnit.NANOSECONDS);
            run();
        }
    }

    /** Nothing runs for so long, as on a machine without time for it; then the timers do, before anything is read. */
    public void holdUp(Duration by) {
        ticker.advance(by.toNanos(), TimeUnit.NANOSECONDS);
        run();
    }

    @Override
    public void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    private void run() {
        channels.forEach(EmbeddedChannel::runPendingTasks);
        channels.forEach(EmbeddedChannel::runScheduledPendingTasks);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Everybody's end of a voice port. */
    public static final class Datagrams {
        private final EmbeddedChannel channel;

        private Datagrams(EmbeddedChannel channel) {
            this.channel = channel;
        }

        public Datagrams send(String source, int port, byte[] bytes) {
            channel.writeInbound(new DatagramPacket(
                    Unpooled.copiedBuffer(bytes),
                    new InetSocketAddress("192.0.2.1", 8884),
                    new InetSocketAddress(source, port)));
            return this;
        }

        /** The datagrams the gateway sent since the last call, as {@code address:port hex}. */
        public List<String> sent() {
            channel.runPendingTasks();
            List<String> sent = new ArrayList<>();
            for (DatagramPacket one = channel.readOutbound(); one != null; one = channel.readOutbound()) {
                sent.add(one.recipient().getHostString() + ":" + one.recipient().getPort() + " "
                        + ByteBufUtil.hexDump(one.content()));
                one.release();
            }
            return sent;
        }
    }

    /** The other end of one connection. */
    public final class Client {
        private final EmbeddedChannel channel;

        private Client(EmbeddedChannel channel) {
            this.channel = channel;
        }

        public Client send(String text) {
            return send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Client send(byte[] bytes) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes));
            }
            return this;
        }

        /** Everything the gateway sent since the last call. */
        public byte[] bytes() {
            channel.runPendingTasks();
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            byte[] bytes = new byte[all.readableBytes()];
            all.readBytes(bytes);
            all.release();
            return bytes;
        }

        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        /** How many separate writes reached the wire since the last call, and their sizes. */
        public List<Integer> writes() {
            List<Integer> sizes = new ArrayList<>();
            for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
                sizes.add(part.readableBytes());
                part.release();
            }
            return sizes;
        }

        public boolean closed() {
            channel.runPendingTasks();
            return !channel.isOpen();
        }

        public boolean reset() {
            return resets.contains(channel);
        }

        public boolean readsOn() {
            return channel.config().isAutoRead();
        }

        /** The device stops, or begins again, to take what it is sent. */
        public void takes(boolean willing) {
            channel.unsafe().outboundBuffer().setUserDefinedWritability(1, willing);
            channel.runPendingTasks();
        }

        /** Ends the connection as a device does: without a word. */
        public void leave() {
            channel.close();
            channel.runPendingTasks();
        }

        /** Something breaks inside this connection's pipeline. */
        public void breakWith(Throwable cause) {
            channel.pipeline().fireExceptionCaught(cause);
        }
    }

    /** Chance that is the same in every run. */
    private static final class CountingRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private long next = 1;

        @Override
        public long nextLong() {
            return next++;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) next;
            }
            next++;
        }

        @Override
        public int nextInt() {
            return (int) next++;
        }
    }
}
