package io.fieldloop.server.connection;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayEvent.ForwardedSourceIgnored.Because;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.fault.FaultAction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the handlers of one accepted connection share: its identity, its time, its faults and its way out for events. */
public final class Connection {
    private static final byte[] NOTHING = {};

    private final ConnectionId id;
    private final String listener;
    private final Channel channel;
    private InetAddress source;
    private final ConnectionRuntime runtime;
    private final GatewayListener events;
    private final RefusalRecorder recorder;
    private final List<Fault> faults;
    private final long openedNanos;
    private byte[] firstBytes = NOTHING;
    private boolean secured;
    private @Nullable String deviceId;

    Connection(
            ConnectionId id,
            String listener,
            Channel channel,
            ConnectionRuntime runtime,
            GatewayListener events,
            RefusalRecorder recorder,
            List<Fault> faults) {
        this.id = id;
        this.listener = listener;
        this.channel = channel;
        this.source = runtime.sourceOf().apply(channel);
        this.runtime = runtime;
        this.events = events;
        this.recorder = recorder;
        this.faults = faults;
        this.openedNanos = nanoTime();
    }

    public ConnectionId id() {
        return id;
    }

    public String listener() {
        return listener;
    }

    /** Who connected; behind a trusted front, as soon as it is known, for whom. */
    public InetAddress source() {
        return source;
    }

    /** Whether the source, as far as it is known, is a front that is trusted to say whom it speaks for. */
    public boolean isFromFront() {
        return recorder.trusts(source);
    }

    /** Somebody named somebody else as the source, and is not believed. */
    public void ignoredForwarded(String header, String value, Because because) {
        emit(new GatewayEvent.ForwardedSourceIgnored(id, source, header, SafeText.of(value), because));
    }

    void passedOn(InetAddress realSource, String by) {
        source = realSource;
        emit(new GatewayEvent.SourcePassedOn(id, realSource, by));
    }

    /** Counts it for its source, until it is closed, and says why it may not be served, if so. */
    Optional<RefusalReason> admit() {
        InetAddress admitted = source;
        channel.closeFuture().addListener(closed -> recorder.release(admitted));
        return recorder.admit(admitted);
    }

    public void emit(GatewayEvent event) {
        events.onEvent(event);
    }

    /** As the kernel measures it on TCP; null where it does not tell, or where the other end is a front's and not the source's. */
    public @Nullable Duration roundTrip() {
        boolean direct = channel.remoteAddress() instanceof InetSocketAddress peer && source.equals(peer.getAddress());
        try {
            return direct && channel instanceof EpollSocketChannel socket
                    ? Duration.of(socket.tcpInfo().rtt(), ChronoUnit.MICROS)
                    : null;
        } catch (ChannelException closed) {
            return null;
        }
    }

    /** The loop's clock; only differences mean anything. */
    public long nanoTime() {
        return channel.eventLoop().ticker().nanoTime();
    }

    /** Since the connection was accepted. */
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime() - openedNanos);
    }

    public Instant now() {
        return runtime.clock().instant();
    }

    public SecureRandom random() {
        return runtime.random();
    }

    /** Who is at the other end says so; faults for one device go by that from now on. */
    public void identified(@Nullable String saidDeviceId) {
        deviceId = saidDeviceId;
    }

    /** Whether the fault is for who is at the other end. */
    public boolean meets(Fault fault) {
        return fault.of().includes(deviceId, source);
    }

    /** The fault of this type that applies to the connection, if there is one. */
    public <T extends FaultAction> Optional<T> fault(Class<T> type) {
        List<T> all = faults(type);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** All faults of one phase that apply to the connection. */
    public <T extends FaultAction> List<T> faults(Class<T> phase) {
        return faults.isEmpty()
                ? List.of()
                : faults.stream()
                        .filter(fault -> fault.of().includes(deviceId, source))
                        .map(Fault::action)
                        .filter(phase::isInstance)
                        .map(phase::cast)
                        .toList();
    }

    /** Reports that a fault acted. */
    public void applied(FaultAction fault) {
        emit(new GatewayEvent.FaultApplied(id, fault.wireName(), fault.phase()));
    }

    /** Enters a refusal into the gateway's books: that of its handshake, or that of a session that never began. */
    public void refused(
            RefusalReason reason, @Nullable String detail, @Nullable Integer status, @Nullable Integer alert) {
        recorder.refused(this, reason, detail, status, alert);
    }

    /** A device said hello on it: what it sent first is of no interest any more. */
    public void greeted() {
        firstBytes = NOTHING;
        recorder.greeted(source);
    }

    Duration banLeft() {
        return recorder.banLeft(source);
    }

    /** Tears the connection down as a crashed host would. */
    public void reset() {
        channel.pipeline().addFirst(new NoFarewell());
        runtime.reset().accept(channel);
    }

    /** From now on bytes travel inside TLS. */
    public void beSecured() {
        secured = true;
    }

    /** Whether TLS is established. */
    public boolean secured() {
        return secured;
    }

    /** Keeps the start of what the client sent for the record; what is sent inside TLS replaces the ClientHello. */
    public void sawFirstBytes(ByteBuf bytes) {
        firstBytes = SafeText.beginning(bytes);
    }

    /** Made safe to read only when somebody asks, since of almost every connection nobody does. */
    public String firstBytes() {
        return SafeText.of(Unpooled.wrappedBuffer(firstBytes));
    }

    /** A crashed host sends no close_notify, which TLS would write on its way out. */
    private static final class NoFarewell extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            promise.trySuccess();
        }
    }
}
