package io.fieldloop.device.ota;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The OTA check as a device's bytes, for who asks a server as a device would without being one. */
public final class CheckRequest {
    private CheckRequest() {}

    /** The whole request of a device on Wi-Fi that runs the version it was flashed with; null where it could not read its own URL. */
    public static @Nullable String text(OtaSettings settings, String deviceId, String clientId) {
        HttpUrl url = HttpUrl.parse(settings.url());
        String body = SystemInfo.json(
                settings, SystemInfo.wifi(deviceId), deviceId, clientId, settings.version(), Slots.FIRST);
        return url.problem() == null
                ? new OtaRequest("POST", url, headers(settings, deviceId, clientId, settings.version()), body).text()
                : null;
    }

    static Map<String, String> headers(OtaSettings settings, String deviceId, String clientId, String running) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Activation-Version", settings.serialNumber() == null ? "1" : "2");
        headers.put("Device-Id", deviceId);
        headers.put("Client-Id", clientId);
        if (settings.serialNumber() != null) {
            headers.put("Serial-Number", settings.serialNumber());
        }
        headers.put("User-Agent", settings.userAgent(running));
        headers.put("Accept-Language", "en-US");
        headers.put("Content-Type", "application/json");
        return headers;
    }
}
