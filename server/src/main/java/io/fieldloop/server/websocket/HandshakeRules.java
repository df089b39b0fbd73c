package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.FirstBytesPolicy;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HardenedAnswers;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.http.HttpAnswer.Header;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about a handshake that depends on the stance of the gateway. */
public final class HandshakeRules {
    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** The line limit of websockets 14.2, and 128 lines of it for all headers. */
    private static final int COMPAT_LINE_BYTES_MAX = 8192;

    private static final int COMPAT_HEADER_BYTES_MAX = 128 * COMPAT_LINE_BYTES_MAX;

    private final Stance stance;
    private final LimitsConfig limits;
    private final UpgradeChecker checker;
    private final FirstBytesPolicy firstBytes;

    public HandshakeRules(Stance stance, AdmissionConfig admission, LimitsConfig limits) {
        this.stance = stance;
        this.limits = limits;
        this.checker =
                stance == Stance.HARDENED ? new HardenedChecker(admission, limits) : new CompatChecker(admission);
        // websockets has one time limit for the whole handshake.
        this.firstBytes = new FirstBytesPolicy(
                hardened() ? limits.firstByte() : limits.request(),
                limits.tlsHandshake(),
                limits.request(),
                reason -> hardened() ? HardenedAnswers.to(reason, Duration.ZERO) : null);
    }

    UpgradeChecker checker() {
        return checker;
    }

    FirstBytesPolicy firstBytes() {
        return firstBytes;
    }

    /** A parser that gives up at the limits. */
    HttpRequestDecoder newDecoder() {
        return new HttpRequestDecoder(
                hardened()
                        ? new HttpDecoderConfig()
                                .setMaxInitialLineLength(limits.headerBytesMax())
                                .setMaxHeaderSize(limits.headerBytesMax())
                        : new HttpDecoderConfig()
                                .setMaxInitialLineLength(COMPAT_LINE_BYTES_MAX)
                                .setMaxHeaderSize(COMPAT_HEADER_BYTES_MAX));
    }

    Decision.Refuse stopping(Instant now) {
        RefusalReason reason = RefusalReason.GATEWAY_STOPPING;
        HttpAnswer answer = hardened() ? HardenedAnswers.to(reason, Duration.ZERO) : CompatChecker.stopping(now);
        return new Decision.Refuse(reason, null, answer);
    }

    /** The answer where the gateway itself failed. */
    @Nullable
    HttpAnswer failed(Instant now) {
        return hardened() ? HardenedAnswers.to(RefusalReason.INTERNAL_ERROR, Duration.ZERO) : CompatChecker.failed(now);
    }

    /** The 101 of this stance. */
    HttpAnswer switching(String key, Instant now) {
        if (!hardened()) {
            return CompatChecker.switching(accept(key), now);
        }
        return HttpAnswer.of(
                101,
                List.of(
                        new Header("Upgrade", "websocket"),
                        new Header("Connection", "Upgrade"),
                        new Header("Sec-WebSocket-Accept", accept(key))),
                "");
    }

    private boolean hardened() {
        return stance == Stance.HARDENED;
    }

    /** RFC 6455, 4.2.2: the proof that the key was read by a WebSocket server. */
    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-1", e);
        }
    }
}
