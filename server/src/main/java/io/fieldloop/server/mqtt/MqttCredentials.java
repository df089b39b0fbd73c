package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Judges who a client says it is: the password is base64 of HMAC-SHA256 over {@code client id|user name}.
 *
 * <p>In compat a client id of two parts needs no password, as with xiaozhi-mqtt-gateway.
 */
final class MqttCredentials {
    private static final String ALGORITHM = "HmacSHA256";

    private final @Nullable SecretKeySpec key;
    private final boolean compat;

    MqttCredentials(@Nullable String signatureKey, Stance stance) {
        this.key = signatureKey == null
                ? null
                : new SecretKeySpec(signatureKey.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.compat = stance == Stance.COMPAT;
    }

    /** Whether clients are told apart at all; where they are not, each may do anything. */
    boolean required() {
        return key != null;
    }

    /** Why this client may not stay, or empty if it may. */
    Optional<RefusalReason> refusal(MqttClientId id, @Nullable String userName, byte @Nullable [] password) {
        SecretKeySpec present = key;
        if (id.deviceId() == null) {
            return present != null || compat ? Optional.of(RefusalReason.CLIENT_ID_MALFORMED) : Optional.empty();
        }
        if (present == null || (compat && !id.signed())) {
            return Optional.empty();
        }
        if (userName == null || password == null) {
            return Optional.of(RefusalReason.CREDENTIALS_MISSING);
        }
        byte[] expected = sign(present, id.text(), userName).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, password)
                ? Optional.empty()
                : Optional.of(RefusalReason.CREDENTIALS_MISMATCH);
    }

    private static String sign(SecretKeySpec key, String clientId, String userName) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal((clientId + '|' + userName).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has HmacSHA256", e);
        }
    }
}
