package io.fieldloop.server.ota;

import io.fieldloop.server.ota.OtaConfig.Activation;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which devices belong to somebody already, and what the others have to show.
 *
 * <p>Code and challenge of a device stay the same however often it asks: its user may be typing.
 */
final class Activations {
    private static final int CODES = 900_000;
    private static final int FIRST_CODE = 100_000;
    private static final int DEVICES_MAX = 10_000;

    /** What an unbound device is told. */
    record Pending(String code, String challenge, Instant since) {}

    private final @Nullable Activation config;
    private final SecureRandom random;
    private final boolean unguessable;

    /** The devices that asked longest ago are forgotten first. */
    private final Map<String, Pending> devices = new LinkedHashMap<>(16, 0.75f, true);

    /** @param unguessable whether challenges are random; the reference server's challenge is the MAC address itself */
    Activations(@Nullable Activation config, SecureRandom random, boolean unguessable) {
        this.config = config;
        this.random = random;
        this.unguessable = unguessable;
    }

    /** What the device has to show, or empty once it is bound. */
    synchronized Optional<Pending> pending(String deviceId, Instant now) {
        if (config == null) {
            return Optional.empty();
        }
        Pending pending = devices.computeIfAbsent(deviceId, id -> newPending(id, now));
        if (devices.size() > DEVICES_MAX) {
            devices.remove(devices.keySet().iterator().next());
        }
        return isBound(pending, now) ? Optional.empty() : Optional.of(pending);
    }

    /** What the device was told, whether or not it is bound by now; empty if it never asked. */
    synchronized Optional<Pending> told(String deviceId) {
        return Optional.ofNullable(devices.get(deviceId));
    }

    /** Whether the user has entered the code. */
    boolean isBound(Pending pending, Instant now) {
        return config == null || !now.isBefore(pending.since().plus(config.boundAfter()));
    }

    private Pending newPending(String deviceId, Instant now) {
        int code = FIRST_CODE + Math.floorMod(random.nextInt(), CODES);
        String challenge =
                unguessable ? Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()) : deviceId;
        return new Pending(Integer.toString(code), challenge, now);
    }
}
