package io.fieldloop.device;

import io.fieldloop.device.tls.crypto.SharedArithmetic;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Everything a device takes from outside: its event loop and with it its time, its way out, chance, and the true wall clock.
 *
 * @param random source of mask keys, nonces, TLS randoms and user pauses; seeded by whoever wants the same bytes again
 * @param clock the right time; the device's own clock is this plus its configured skew
 * @param nvs the store of each device, asked once by every one; give the same store again to start the same device again
 * @param arithmetic of TLS handshakes; one that remembers is for runtimes whose {@code random} is seeded
 */
public record DeviceRuntime(
        EventLoop loop,
        Dialer dialer,
        DatagramDialer datagramDialer,
        SecureRandom random,
        InstantSource clock,
        Supplier<NvsStore> nvs,
        SharedArithmetic arithmetic) {

    /** For devices of byte streams that are started once. */
    public DeviceRuntime(EventLoop loop, Dialer dialer, SecureRandom random, InstantSource clock) {
        this(loop, dialer, DatagramDialer.none(), random, clock, NvsStore::inMemory, SharedArithmetic.none());
    }
}
