package io.fieldloop.scenario.engine;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.scenario.model.DeviceSpec;
import io.fieldloop.scenario.model.TokenSpec;
import io.fieldloop.server.guard.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the token a scenario gives a device, good or bad in the way the file asks for. */
final class Tokens {
    /** Longer ago than any token lifetime in use (the reference server's is 30 days). */
    private static final Duration LONG = Duration.ofDays(400);

    private Tokens() {}

    /** What goes into the device's NVS; null for no Authorization header at all. */
    static @Nullable String of(DeviceSpec spec, DeviceConfig device, GatewayControl gateway, Instant now) {
        TokenSpec token = spec.token();
        TokenIssuer issuer = new TokenIssuer(gateway.tokenKey().getBytes(StandardCharsets.UTF_8));
        if (token == null) {
            return gateway.requiresToken() ? issuer.issue(device.clientId(), device.deviceId(), now) : null;
        }
        String valid = issuer.issue(device.clientId(), device.deviceId(), now);
        return switch (token.kind()) {
            case VALID -> valid;
            case NONE -> null;
            case EMPTY -> "Bearer ";
            case NO_BEARER -> "Token " + valid;
            case EXPIRED -> issuer.issue(device.clientId(), device.deviceId(), now.minus(LONG));
            case FUTURE -> issuer.issue(device.clientId(), device.deviceId(), now.plus(LONG));
            case OTHER_DEVICE -> issuer.issue(device.clientId(), "02:00:00:00:00:00", now);
            case GARBAGE -> "no-key-signed-this." + now.getEpochSecond();
            case LITERAL -> token.literal();
        };
    }
}
