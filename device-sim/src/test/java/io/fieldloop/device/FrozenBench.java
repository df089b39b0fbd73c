package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.ConnectOutcome;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A device on the bench: frozen time, a scripted network, what the device reported. */
abstract class FrozenBench<B extends FrozenBench<B>> implements AutoCloseable {

    final List<DeviceEvent> events = new ArrayList<>();
    String dialled = "";
    int dials;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel clockwork =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final List<EmbeddedChannel> made = new ArrayList<>();
    private Function<EmbeddedChannel, ChannelFuture> network = EmbeddedChannel::newSucceededFuture;
    private EmbeddedChannel wire = clockwork;

    abstract B self();

    final Device device(DeviceConfig config, NvsStore nvs, DatagramDialer datagrams) {
        DeviceRuntime runtime = new DeviceRuntime(
                clockwork.eventLoop(),
                (loop, host, port, pipeline) -> dial(host + ":" + port, pipeline),
                datagrams,
                seeded(),
                () -> Instant.parse("2026-01-01T00:00:00Z"),
                () -> nvs,
                SharedArithmetic.none());
        return new Device(config, runtime, events::add);
    }

    static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(7);
            return random;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    private ChannelFuture dial(String to, ChannelHandler pipeline) {
        dials++;
        dialled = to;
        wire = channel(pipeline);
        return network.apply(wire);
    }

    /** A connection, or a socket for datagrams, on the bench's clock. */
    final EmbeddedChannel channel(ChannelHandler pipeline) {
        EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
        channel.pipeline().addLast(pipeline);
        made.add(channel);
        return channel;
    }

    /** The network swallows every SYN. */
    final B silentNetwork() {
        network = EmbeddedChannel::newPromise;
        return self();
    }

    /** Every connection attempt fails like this. */
    final B failingNetwork(Exception cause) {
        network = channel -> channel.newFailedFuture(cause);
        return self();
    }

    /** Connections succeed again. */
    final B goodNetwork() {
        network = EmbeddedChannel::newSucceededFuture;
        return self();
    }

    /** Lets time pass, timer by timer. */
    final B after(Duration duration) {
        long left = duration.toNanos();
        while (true) {
            long next = clockwork.runScheduledPendingTasks();
            if (next < 0 || next > left) {
                ticker.advance(left, TimeUnit.NANOSECONDS);
                clockwork.runScheduledPendingTasks();
                return self();
            }
            ticker.advance(next, TimeUnit.NANOSECONDS);
            left -= next;
        }
    }

    /** Lets a modem's commands be answered, where the device has one. */
    final B afterCommands(Device device) {
        return after(
                device.config().profile().dialect() == Dialect.XIAOZHI_MODEM ? Duration.ofMillis(50) : Duration.ZERO);
    }

    /** The connection that was dialled last. */
    final EmbeddedChannel wire() {
        return wire;
    }

    final ConnectOutcome.Failed failure(CompletableFuture<ConnectOutcome> outcome) {
        assertThat(outcome).isDone();
        return (ConnectOutcome.Failed) outcome.join();
    }

    /** Console lines without the clock: {@code E TAG: message}. */
    final List<String> console() {
        return events.stream()
                .filter(DeviceEvent.Log.class::isInstance)
                .map(DeviceEvent.Log.class::cast)
                .map(line -> line.level() + " " + line.tag() + ": " + line.message())
                .toList();
    }

    final <E extends DeviceEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    final List<String> kinds() {
        return events.stream()
                .map(DeviceEvent::kind)
                .filter(kind -> !kind.equals("log"))
                .toList();
    }

    @Override
    public void close() {
        made.forEach(EmbeddedChannel::finishAndReleaseAll);
        clockwork.finishAndReleaseAll();
    }
}
