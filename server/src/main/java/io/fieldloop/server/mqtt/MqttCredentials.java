package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.HmacSha256;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges who a client says it is: the password is base64 of HMAC-SHA256 over {@code client id|user name}.
 *
 * <p>In compat a client id of two parts needs no password, as with xiaozhi-mqtt-gateway.
 */
final class MqttCredentials {
    private final @Nullable String key;
    private final boolean compat;

    MqttCredentials(@Nullable String signatureKey, Stance stance) {
        this.key = signatureKey;
        this.compat = stance == Stance.COMPAT;
    }

    /** Whether clients are told apart at all; where they are not, each may do anything. */
    boolean required() {
        return key != null;
    }

    /** Why this client may not stay, or empty if it may. */
    Optional<RefusalReason> refusal(MqttClientId id, @Nullable String userName, byte @Nullable [] password) {
        String present = key;
        if (id.deviceId() == null) {
            return present != null || compat ? Optional.of(RefusalReason.CLIENT_ID_MALFORMED) : Optional.empty();
        }
        if (present == null || (compat && !id.signed())) {
            return Optional.empty();
        }
        if (userName == null || password == null) {
            return Optional.of(RefusalReason.CREDENTIALS_MISSING);
        }
        byte[] expected =
                HmacSha256.brokerPassword(present, id.text(), userName).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, password)
                ? Optional.empty()
                : Optional.of(RefusalReason.CREDENTIALS_MISMATCH);
    }
}
