package io.fieldloop.scenario.engine;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.scenario.model.device.TokenSpec;
import io.fieldloop.server.connection.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the token a scenario gives a device, good or bad in the way the file asks for. */
final class Tokens {
    static final String EMPTY = "Bearer ";

    /** What no key has signed. */
    static final String GARBAGE = "no-key-signed-this.1700000000";

    /** Longer ago than any token lifetime in use (the reference server's is 30 days). */
    private static final Duration LONG = Duration.ofDays(400);

    private final TokenIssuer issuer;
    private final boolean required;
    private final Instant now;

    /** @param key the gateway's */
    Tokens(String key, boolean required, Instant now) {
        this.issuer = new TokenIssuer(key.getBytes(StandardCharsets.UTF_8));
        this.required = required;
        this.now = now;
    }

    /** What goes into the device's NVS; null for no Authorization header at all. */
    @Nullable
    String of(@Nullable TokenSpec token, DeviceConfig device) {
        String valid = issuer.issue(device.clientId(), device.deviceId(), now);
        if (token == null) {
            return required ? valid : null;
        }
        return switch (token.kind()) {
            case VALID -> valid;
            case NONE -> null;
            case EMPTY -> EMPTY;
            case NO_BEARER -> "Token " + valid;
            case EXPIRED -> issuer.issue(device.clientId(), device.deviceId(), now.minus(LONG));
            case FUTURE -> issuer.issue(device.clientId(), device.deviceId(), now.plus(LONG));
            case OTHER_DEVICE -> issuer.issue(device.clientId(), "02:00:00:00:00:00", now);
            case GARBAGE -> "no-key-signed-this." + now.getEpochSecond();
            case LITERAL -> token.literal();
        };
    }
}
