package io.fieldloop.server.ota;

import io.fieldloop.server.connection.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What a device computes over its challenge: HMAC-SHA256 with the key in its eFuse (HMAC_KEY0), in lower-case hex. */
final class ActivationProof {
    static final String ALGORITHM = "hmac-sha256";

    private ActivationProof() {}

    /** @param key 32 bytes in hex */
    static String of(String key, String challenge) {
        return HexFormat.of().formatHex(HmacSha256.of(HexFormat.of().parseHex(key), challenge));
    }

    /** Whether it is the right one; takes as long for a wrong one. */
    static boolean matches(String key, String challenge, String given) {
        return MessageDigest.isEqual(
                of(key, challenge).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }
}
