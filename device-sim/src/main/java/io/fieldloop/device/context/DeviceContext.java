package io.fieldloop.device.context;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.DeviceRuntime;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceListener;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.LogLevel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What all parts of one device share: settings, uptime clock, console, state word. */
public final class DeviceContext {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final DeviceConfig config;
    private final DeviceRuntime runtime;
    private final DeviceListener listener;
    private final long bootNanos;
    private volatile DeviceState state = DeviceState.IDLE;

    public DeviceContext(DeviceConfig config, DeviceRuntime runtime, DeviceListener listener) {
        this.config = config;
        this.runtime = runtime;
        this.listener = listener;
        this.bootNanos = runtime.loop().ticker().nanoTime();
    }

    public DeviceConfig config() {
        return config;
    }

    public DeviceRuntime runtime() {
        return runtime;
    }

    /** The device's own idea of the date. */
    public InstantSource deviceClock() {
        return () -> runtime.clock().instant().plus(config.clockSkew());
    }

    public long nanoTime() {
        return runtime.loop().ticker().nanoTime();
    }

    public Duration since(long nanos) {
        return Duration.ofNanos(nanoTime() - nanos);
    }

    public Future<?> schedule(Runnable task, Duration delay) {
        return runtime.loop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    public void emit(DeviceEvent event) {
        listener.onEvent(event);
    }

    public void log(LogLevel level, String tag, String message) {
        emit(new DeviceEvent.Log(level, tag, message, (nanoTime() - bootNanos) / NANOS_PER_MILLI));
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
