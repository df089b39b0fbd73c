package io.fieldloop.device.ota;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a device proves itself with: the HMAC over its challenge, made by the key in its eFuse. */
final class ActivationPayload {
    private static final String MAC = "HmacSHA256";

    private ActivationPayload() {}

    /** {@code {}} for a board without a serial number. */
    static String of(OtaSettings settings, String challenge) {
        if (settings.serialNumber() == null || settings.hmacKey() == null) {
            return "{}";
        }
        return "{\"algorithm\":\"hmac-sha256\",\"serial_number\":\"" + settings.serialNumber() + "\",\"challenge\":\""
                + challenge + "\",\"hmac\":\"" + hmac(settings.hmacKey(), challenge) + "\"}";
    }

    private static String hmac(String key, String challenge) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), MAC));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has " + MAC, e);
        }
    }
}
