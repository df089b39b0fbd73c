package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.TokenChecker;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HardenedAnswers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses before the upgrade, cheapest check first, and says why. */
final class HardenedChecker implements UpgradeChecker {
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final String PATH_WITHOUT_SLASH =
            UpgradeRequest.DEVICE_PATH.substring(0, UpgradeRequest.DEVICE_PATH.length() - 1);

    private final AdmissionConfig admission;
    private final LimitsConfig limits;
    private final TokenChecker tokens;

    HardenedChecker(AdmissionConfig admission, LimitsConfig limits) {
        this.admission = admission;
        this.limits = limits;
        this.tokens = new TokenChecker(tokenKey(admission), admission.tokenLifetime(), CLOCK_TOLERANCE);
    }

    @Override
    public Decision check(HttpRequest request, Optional<RefusalReason> sourceRefusal, Duration banLeft, Instant now) {
        if (sourceRefusal.isPresent()) {
            return refuse(sourceRefusal.get(), null, banLeft);
        }
        UpgradeRequest upgrade = new UpgradeRequest(request);
        Decision.Refuse refusal = refusal(upgrade, now);
        String key = upgrade.key();
        return refusal == null && key != null
                ? new Decision.Accept(upgrade.identity(), key)
                : refusal == null ? refuse(RefusalReason.MISSING_KEY, null) : refusal;
    }

    @Override
    public Decision.Refuse unreadable(RefusalReason reason) {
        return refuse(reason, null);
    }

    private Decision.@Nullable Refuse refusal(UpgradeRequest upgrade, Instant now) {
        Decision.Refuse wrong = requestLineRefusal(upgrade);
        if (wrong == null) {
            wrong = upgradeRefusal(upgrade);
        }
        if (wrong == null) {
            wrong = originRefusal(upgrade);
        }
        return wrong == null ? deviceRefusal(upgrade, now) : wrong;
    }

    private Decision.@Nullable Refuse requestLineRefusal(UpgradeRequest upgrade) {
        if (!upgrade.method().equals("GET")) {
            return refuse(RefusalReason.METHOD_NOT_ALLOWED, upgrade.method());
        }
        if (!upgrade.path().equals(UpgradeRequest.DEVICE_PATH)
                && !upgrade.path().equals(PATH_WITHOUT_SLASH)) {
            return refuse(RefusalReason.PATH_NOT_FOUND, upgrade.path());
        }
        if (!upgrade.isHttp11()) {
            return refuse(RefusalReason.HTTP_VERSION, null);
        }
        if (upgrade.headers().size() > limits.headersMax()) {
            return refuse(RefusalReason.TOO_MANY_HEADERS, null);
        }
        boolean oneHost = upgrade.headers().getAll(HttpHeaderNames.HOST).size() == 1;
        return oneHost && !upgrade.hasBody() ? null : refuse(RefusalReason.MALFORMED_REQUEST, null);
    }

    private static Decision.@Nullable Refuse upgradeRefusal(UpgradeRequest upgrade) {
        if (!upgrade.listHas(HttpHeaderNames.CONNECTION, "upgrade")) {
            return refuse(RefusalReason.MISSING_CONNECTION, upgrade.all(HttpHeaderNames.CONNECTION));
        }
        if (!upgrade.listHas(HttpHeaderNames.UPGRADE, "websocket")) {
            return refuse(RefusalReason.MISSING_UPGRADE, upgrade.all(HttpHeaderNames.UPGRADE));
        }
        if (!upgrade.versionIs13()) {
            return refuse(RefusalReason.BAD_VERSION, upgrade.header("Sec-WebSocket-Version"));
        }
        return upgrade.key() == null ? refuse(RefusalReason.MISSING_KEY, upgrade.header("Sec-WebSocket-Key")) : null;
    }

    private Decision.@Nullable Refuse originRefusal(UpgradeRequest upgrade) {
        List<String> origins = upgrade.headers().getAll(HttpHeaderNames.ORIGIN);
        return admission.origins().containsAll(origins)
                ? null
                : refuse(RefusalReason.ORIGIN_REFUSED, String.join(", ", origins));
    }

    private Decision.@Nullable Refuse deviceRefusal(UpgradeRequest upgrade, Instant now) {
        String deviceId = upgrade.headerOrQuery("device-id");
        if (deviceId == null || deviceId.isEmpty()) {
            return refuse(RefusalReason.DEVICE_ID_MISSING, null);
        }
        if (!MAC.matcher(deviceId).matches()
                || upgrade.headers().getAll("device-id").size() > 1) {
            return refuse(RefusalReason.DEVICE_ID_MALFORMED, deviceId);
        }
        if (!admission.tokenRequired() || admission.allowedDevices().contains(deviceId)) {
            return null;
        }
        String clientId = upgrade.headerOrQuery("client-id");
        return tokens.refusal(upgrade.headerOrQuery("authorization"), clientId == null ? "" : clientId, deviceId, now)
                .map(reason -> refuse(reason, null))
                .orElse(null);
    }

    private static Decision.Refuse refuse(RefusalReason reason, @Nullable String detail) {
        return refuse(reason, detail, Duration.ZERO);
    }

    private static Decision.Refuse refuse(RefusalReason reason, @Nullable String detail, Duration banLeft) {
        return new Decision.Refuse(reason, detail, HardenedAnswers.to(reason, banLeft));
    }

    /** HMAC takes no empty key, and without a required token none is ever used. */
    private static byte[] tokenKey(AdmissionConfig admission) {
        return admission.tokenRequired() ? admission.tokenKeyBytes() : new byte[1];
    }
}
