package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.TokenChecker;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.http.HttpAnswer.Header;
import io.fieldloop.server.session.DeviceIdentity;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers as xiaozhi-esp32-server does with websockets 14.2 (its process_request, the library's checks, then its own handler).
 *
 * <p>Header order and wording are those of the library's {@code ServerProtocol.accept} and {@code reject}; the Server header comes
 * last because the asyncio layer adds it afterwards.
 */
final class CompatChecker implements UpgradeChecker {
    /** What the library calls itself on the Python the project's image ships. */
    static final String SERVER = "Python/3.11 websockets/14.2";

    private static final String AUTHENTICATION_FAILED = "认证失败";
    private static final String PORT_IS_FINE = "端口正常，如需测试连接，请使用digital-human测试页";
    private static final String BROWSER_HINT =
            "\nYou cannot access a WebSocket server directly with a browser." + " You need a WebSocket client.\n";
    private static final int HEADERS_MAX = 128;

    private final AdmissionConfig admission;
    private final TokenChecker tokens;

    CompatChecker(AdmissionConfig admission) {
        this.admission = admission;
        byte[] key = admission.tokenRequired() ? admission.tokenKeyBytes() : new byte[1];
        // The server never asks whether a timestamp lies in the future, so the tolerance is as good as endless.
        this.tokens = new TokenChecker(key, admission.tokenLifetime(), Duration.ofDays(36_500));
    }

    @Override
    public Decision check(HttpRequest request, Optional<RefusalReason> sourceRefusal, Duration banLeft, Instant now) {
        UpgradeRequest upgrade = new UpgradeRequest(request);
        RefusalReason unread = unread(upgrade);
        if (unread != null) {
            return unreadable(unread);
        }
        List<String> connection = upgrade.headers().getAll(HttpHeaderNames.CONNECTION);
        if (connection.size() > 1) {
            return refuse(RefusalReason.MISSING_CONNECTION, String.join(", ", connection), failed(now));
        }
        if (connection.isEmpty() || !connection.get(0).equalsIgnoreCase("upgrade")) {
            return refuse(
                    RefusalReason.MISSING_CONNECTION,
                    upgrade.all(HttpHeaderNames.CONNECTION),
                    reject(200, "Server is running\n", now));
        }
        if (!upgrade.listHas(HttpHeaderNames.UPGRADE, "websocket")) {
            String body = failed("Upgrade", upgrade.header("Upgrade")) + BROWSER_HINT;
            return refuse(
                    RefusalReason.MISSING_UPGRADE,
                    upgrade.all(HttpHeaderNames.UPGRADE),
                    reject(426, body, now, new Header("Upgrade", "websocket")));
        }
        return checkKeyAndVersion(upgrade, now);
    }

    /** The library raises before any answer, and the connection is closed without a byte. */
    @Override
    public Decision.Refuse unreadable(RefusalReason reason) {
        return new Decision.Refuse(reason, null, null);
    }

    /** The 101 as the library writes it, with the accept value for the key. */
    static HttpAnswer switching(String accept, Instant now) {
        return HttpAnswer.of(
                101,
                List.of(
                        new Header("Date", httpDate(now)),
                        new Header("Upgrade", "websocket"),
                        new Header("Connection", "Upgrade"),
                        new Header("Sec-WebSocket-Accept", accept),
                        new Header("Server", SERVER)),
                "");
    }

    static HttpAnswer stopping(Instant now) {
        return reject(503, "Server is shutting down.\n", now);
    }

    /** What the library answers when its process_request raises. */
    static HttpAnswer failed(Instant now) {
        String body = "Failed to open a WebSocket connection.\nSee server log for more information.\n";
        return reject(500, body, now);
    }

    private static @Nullable RefusalReason unread(UpgradeRequest upgrade) {
        if (!upgrade.method().equals("GET")) {
            return RefusalReason.METHOD_NOT_ALLOWED;
        }
        if (!upgrade.isHttp11()) {
            return RefusalReason.HTTP_VERSION;
        }
        if (upgrade.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || upgrade.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return RefusalReason.MALFORMED_REQUEST;
        }
        return upgrade.headers().size() > HEADERS_MAX ? RefusalReason.TOO_MANY_HEADERS : null;
    }

    private Decision checkKeyAndVersion(UpgradeRequest upgrade, Instant now) {
        String key = upgrade.key();
        if (key == null) {
            String body = failed("Sec-WebSocket-Key", upgrade.header("Sec-WebSocket-Key"));
            return refuse(RefusalReason.MISSING_KEY, reject(400, body, now));
        }
        if (!upgrade.versionIs13()) {
            String body = failed("Sec-WebSocket-Version", upgrade.header("Sec-WebSocket-Version"));
            return refuse(RefusalReason.BAD_VERSION, reject(400, body, now));
        }
        if (!admission.origins().isEmpty()) {
            String origin = upgrade.header("Origin");
            if (origin == null || !admission.origins().contains(origin)) {
                return refuse(RefusalReason.ORIGIN_REFUSED, reject(403, failed("Origin", origin), now));
            }
        }
        return checkDevice(upgrade, key, now);
    }

    private Decision checkDevice(UpgradeRequest upgrade, String key, Instant now) {
        DeviceIdentity identity = upgrade.identity();
        String deviceId = identity.deviceId();
        if (deviceId == null) {
            return new Decision.Dismiss(RefusalReason.DEVICE_ID_MISSING, identity, key, PORT_IS_FINE);
        }
        if (!admission.tokenRequired() || admission.allowedDevices().contains(deviceId)) {
            return new Decision.Accept(identity, key);
        }
        String clientId = identity.clientId() == null ? "" : identity.clientId();
        Optional<RefusalReason> refusal =
                tokens.refusal(upgrade.headerOrQuery("authorization"), clientId, deviceId, now);
        return refusal.isPresent()
                ? new Decision.Dismiss(refusal.get(), identity, key, AUTHENTICATION_FAILED)
                : new Decision.Accept(identity, key);
    }

    private static Decision.Refuse refuse(RefusalReason reason, HttpAnswer answer) {
        return refuse(reason, null, answer);
    }

    private static Decision.Refuse refuse(RefusalReason reason, @Nullable String detail, HttpAnswer answer) {
        return new Decision.Refuse(reason, detail, answer);
    }

    private static String failed(String header, @Nullable String value) {
        String problem = value == null
                ? "missing " + header + " header"
                : value.isEmpty() ? "empty " + header + " header" : "invalid " + header + " header: " + value;
        return "Failed to open a WebSocket connection: " + problem + ".\n";
    }

    private static HttpAnswer reject(int status, String body, Instant now, Header... more) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        HttpAnswer answer = HttpAnswer.of(
                status,
                List.of(
                        new Header("Date", httpDate(now)),
                        new Header("Connection", "close"),
                        new Header("Content-Length", Integer.toString(length)),
                        new Header("Content-Type", "text/plain; charset=utf-8")),
                body);
        for (Header header : more) {
            answer = answer.with(header.name(), header.value());
        }
        return answer.with("Server", SERVER);
    }

    /** Two digits for the day, as in Python's formatdate, where Java's own RFC 1123 format has one. */
    private static String httpDate(Instant now) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .format(now.atOffset(ZoneOffset.UTC));
    }
}
