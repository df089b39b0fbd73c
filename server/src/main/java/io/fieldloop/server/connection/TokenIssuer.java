package io.fieldloop.server.connection;

import java.time.Instant;
import java.util.Base64;

/**
 * Makes device tokens the way xiaozhi-esp32-server does: {@code base64url(HMAC-SHA256(key, "client|device|timestamp")).timestamp}.
 *
 * <p>Client-Id and Device-Id are taken as they are, so a token for an upper-case MAC does not fit the lower-case one.
 */
public final class TokenIssuer {
    private final byte[] key;

    public TokenIssuer(byte[] key) {
        this.key = key.clone();
    }

    /** The token for this pair; send it as {@code Authorization: Bearer <token>}. */
    public String issue(String clientId, String deviceId, Instant issuedAt) {
        return sign(clientId, deviceId, issuedAt.getEpochSecond()) + "." + issuedAt.getEpochSecond();
    }

    String sign(String clientId, String deviceId, long epochSecond) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HmacSha256.of(key, clientId + "|" + deviceId + "|" + epochSecond));
    }
}
