package io.fieldloop.device.modem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.modem.grammar.ModemKind;
import io.fieldloop.device.tls.TlsClientConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A modem on the bench: frozen time, a terminal at its UART, and a network with one peer. */
final class ModemBench implements ModemNetwork, AutoCloseable {

    final Modem modem;
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel clockwork =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final StringBuilder said = new StringBuilder();
    private EmbeddedChannel peer = clockwork;

    ModemBench(String kind) {
        this(ModemKind.named(kind));
    }

    ModemBench(ModemKind kind) {
        this(kind, Map.of(), List.of());
    }

    ModemBench(ModemKind kind, Map<String, String> settings, List<ModemFault> faults) {
        ModemSettings told = new ModemSettings(kind, 921_600, 115_200, settings, List.of(), faults);
        modem = new Modem(clockwork.eventLoop(), told, this, (fault, text) -> {});
        modem.connect(said::append, time -> {});
        modem.powerUp();
    }

    @Override
    public ChannelFuture stream(String host, int port, ChannelHandler pipeline) {
        peer = EmbeddedChannel.builder().ticker(ticker).build();
        peer.pipeline().addLast(pipeline);
        return host.equals("nowhere.test")
                ? peer.newFailedFuture(new UnknownHostException(host))
                : peer.newSucceededFuture();
    }

    @Override
    public ChannelFuture datagrams(String host, int port, ChannelHandler pipeline) {
        return stream(host, port, pipeline);
    }

    @Override
    public TlsClientConfig tls(String host) {
        throw new IllegalStateException("No test here speaks TLS.");
    }

    /** Types a line and gives back what the modem says within a second, line by line. */
    List<String> type(String line) {
        modem.receive(line + "\r\n");
        return after(Duration.ofSeconds(1));
    }

    /** Sends bytes as they are. */
    List<String> raw(String bytes) {
        modem.receive(bytes);
        return after(Duration.ofSeconds(1));
    }

    List<String> after(Duration time) {
        long left = time.toNanos();
        for (long next = clockwork.runScheduledPendingTasks();
                next >= 0 && next <= left;
                next = clockwork.runScheduledPendingTasks()) {
            ticker.advance(next, TimeUnit.NANOSECONDS);
            left -= next;
        }
        ticker.advance(left, TimeUnit.NANOSECONDS);
        clockwork.runScheduledPendingTasks();
        List<String> lines = Arrays.stream(said.toString().split("\r\n"))
                .filter(line -> !line.isEmpty())
                .toList();
        said.setLength(0);
        return lines;
    }

    /** What the peer got since last asked. */
    String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = peer.readOutbound(); part != null; part = peer.readOutbound()) {
            text.append(part.toString(UTF_8));
            part.release();
        }
        return text.toString();
    }

    void peerSends(String text) {
        peer.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
    }

    void peerCloses() {
        peer.close();
    }

    @Override
    public void close() {
        peer.finishAndReleaseAll();
        clockwork.finishAndReleaseAll();
    }
}
