package io.fieldloop.device.context;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.profile.DeviceProfile;
import io.fieldloop.device.tls.KeptSessions;
import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What all parts of one device share: profile, clocks, chance, console and state. */
public final class DeviceContext {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final DeviceProfile profile;
    private final EventLoop loop;
    private final SecureRandom random;
    private final InstantSource deviceClock;
    private final SharedArithmetic arithmetic;
    private final DeviceListener listener;
    private final KeptSessions sessions = new KeptSessions();
    private volatile long bootNanos;
    private volatile DeviceState state = DeviceState.IDLE;

    /** @param deviceClock the device's own idea of the date */
    public DeviceContext(
            DeviceProfile profile,
            EventLoop loop,
            SecureRandom random,
            InstantSource deviceClock,
            SharedArithmetic arithmetic,
            DeviceListener listener) {
        this.profile = profile;
        this.loop = loop;
        this.random = random;
        this.deviceClock = deviceClock;
        this.arithmetic = arithmetic;
        this.listener = listener;
        this.bootNanos = loop.ticker().nanoTime();
    }

    public DeviceProfile profile() {
        return profile;
    }

    public EventLoop loop() {
        return loop;
    }

    public SecureRandom random() {
        return random;
    }

    public InstantSource deviceClock() {
        return deviceClock;
    }

    public SharedArithmetic arithmetic() {
        return arithmetic;
    }

    /** TLS sessions to take up again. */
    public KeptSessions sessions() {
        return sessions;
    }

    public long nanoTime() {
        return loop.ticker().nanoTime();
    }

    public Duration since(long nanos) {
        return Duration.ofNanos(nanoTime() - nanos);
    }

    public Future<?> schedule(Runnable task, Duration delay) {
        return loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void emit(DeviceEvent event) {
        listener.onEvent(event);
    }

    public void log(LogLevel level, String tag, String message) {
        emit(new DeviceEvent.Log(level, tag, message, (nanoTime() - bootNanos) / NANOS_PER_MILLI));
    }

    /** The firmware begins to run: the console counts its milliseconds from here. */
    public void restart(DeviceState from) {
        bootNanos = nanoTime();
        sessions.clear();
        state = from;
        log(LogLevel.INFO, "StateMachine", "State: unknown -> " + from.wireName());
    }

    public DeviceState state() {
        return state;
    }

    public void enter(DeviceState next) {
        DeviceState before = state;
        if (before != next) {
            state = next;
            log(LogLevel.INFO, "StateMachine", "State: " + before.wireName() + " -> " + next.wireName());
            emit(new DeviceEvent.StateChanged(before, next));
        }
    }
}
