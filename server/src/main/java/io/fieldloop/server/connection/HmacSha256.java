package io.fieldloop.server.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs texts with a key that both sides have (RFC 2104), as the xiaozhi servers and devices do everywhere. */
public final class HmacSha256 {
    private static final String NAME = "HmacSHA256";

    private HmacSha256() {}

    public static byte[] of(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has " + NAME, e);
        }
    }

    /** What a broker takes for the password of a client: the signature of client id and user name, in base64. */
    public static String brokerPassword(String key, String clientId, String userName) {
        return Base64.getEncoder().encodeToString(of(key.getBytes(StandardCharsets.UTF_8), clientId + '|' + userName));
    }
}
