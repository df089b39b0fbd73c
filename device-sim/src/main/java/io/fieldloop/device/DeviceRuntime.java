package io.fieldloop.device;

import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Everything a device takes from outside: its event loop and with it its time, its way out, chance, and the true wall clock.
 *
 * @param random source of mask keys, nonces, TLS randoms and user pauses; seeded by whoever wants the same bytes again
 * @param clock the right time; the device's own clock is this plus its configured skew
 * @param nvs what survives the device's restart
 */
public record DeviceRuntime(
        EventLoop loop,
        Dialer dialer,
        DatagramDialer datagramDialer,
        SecureRandom random,
        InstantSource clock,
        NvsStore nvs) {

    /** For a device of byte streams that is started once. */
    public DeviceRuntime(EventLoop loop, Dialer dialer, SecureRandom random, InstantSource clock) {
        this(loop, dialer, DatagramDialer.none(), random, clock, NvsStore.inMemory());
    }
}
