package io.fieldloop.server.ota;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a device computes over its challenge: HMAC-SHA256 with the key in its eFuse (HMAC_KEY0), in lower-case hex. */
final class ActivationProof {
    static final String ALGORITHM = "hmac-sha256";

    private static final String MAC = "HmacSHA256";

    private ActivationProof() {}

    /** @param key 32 bytes in hex */
    static String of(String key, String challenge) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), MAC));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java platform has " + MAC, e);
        }
    }

    /** Whether it is the right one; takes as long for a wrong one. */
    static boolean matches(String key, String challenge, String given) {
        return MessageDigest.isEqual(
                of(key, challenge).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }
}
