package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges the Authorization header of a device. */
public final class TokenChecker {
    private static final String SCHEME = "Bearer ";
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]{43})\\.(\\d{1,12})");

    private final TokenIssuer issuer;
    private final Duration lifetime;
    private final Duration clockTolerance;

    /** @param clockTolerance how far in the future a token may claim to be issued */
    public TokenChecker(byte[] key, Duration lifetime, Duration clockTolerance) {
        this.issuer = new TokenIssuer(key);
        this.lifetime = lifetime;
        this.clockTolerance = clockTolerance;
    }

    /** Why the header is no good for this pair, or empty when it is. */
    public Optional<RefusalReason> refusal(
            @Nullable String authorization, String clientId, String deviceId, Instant now) {
        // A header with an empty token loses its last blank on the way.
        if (authorization == null
                || authorization.isBlank()
                || authorization.trim().equals(SCHEME.trim())) {
            return Optional.of(RefusalReason.TOKEN_MISSING);
        }
        if (!authorization.startsWith(SCHEME)) {
            return Optional.of(RefusalReason.TOKEN_MALFORMED);
        }
        String token = authorization.substring(SCHEME.length()).trim();
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Optional.of(RefusalReason.TOKEN_MALFORMED);
        }
        return refusal(parts.group(1), Long.parseLong(parts.group(2)), clientId, deviceId, now);
    }

    /** The signature is judged first, so that a forger learns nothing about dates. */
    private Optional<RefusalReason> refusal(
            String signature, long issuedAt, String clientId, String deviceId, Instant now) {
        String expected = issuer.sign(clientId, deviceId, issuedAt);
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII))) {
            return Optional.of(RefusalReason.TOKEN_MISMATCH);
        }
        Instant issued = Instant.ofEpochSecond(issuedAt);
        if (issued.isAfter(now.plus(clockTolerance))) {
            return Optional.of(RefusalReason.TOKEN_NOT_YET_VALID);
        }
        return now.isAfter(issued.plus(lifetime)) ? Optional.of(RefusalReason.TOKEN_EXPIRED) : Optional.empty();
    }
}
