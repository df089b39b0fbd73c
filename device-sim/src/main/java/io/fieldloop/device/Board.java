package io.fieldloop.device;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** What all parts of one device share: settings, uptime clock, console, state word. */
final class Board {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final DeviceConfig config;
    private final DeviceRuntime runtime;
    private final DeviceListener listener;
    private final long bootNanos;
    private volatile DeviceState state = DeviceState.IDLE;

    Board(DeviceConfig config, DeviceRuntime runtime, DeviceListener listener) {
        this.config = config;
        this.runtime = runtime;
        this.listener = listener;
        this.bootNanos = runtime.loop().ticker().nanoTime();
    }

    DeviceConfig config() {
        return config;
    }

    DeviceRuntime runtime() {
        return runtime;
    }

    /** The device's own idea of the date. */
    InstantSource deviceClock() {
        return () -> runtime.clock().instant().plus(config.clockSkew());
    }

    long nanoTime() {
        return runtime.loop().ticker().nanoTime();
    }

    Duration since(long nanos) {
        return Duration.ofNanos(nanoTime() - nanos);
    }

    Future<?> schedule(Runnable task, Duration delay) {
        return runtime.loop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void emit(DeviceEvent event) {
        listener.onEvent(event);
    }

    void log(LogLevel level, String tag, String message) {
        emit(new DeviceEvent.Log(level, (nanoTime() - bootNanos) / NANOS_PER_MILLI, tag, message));
    }

    DeviceState state() {
        return state;
    }

    void enter(DeviceState next) {
        DeviceState before = state;
        if (before != next) {
            state = next;
            log(LogLevel.INFO, "StateMachine", "State: " + before.wireName() + " -> " + next.wireName());
            emit(new DeviceEvent.StateChanged(before, next));
        }
    }
}
