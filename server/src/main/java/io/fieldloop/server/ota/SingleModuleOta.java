package io.fieldloop.server.ota;

import io.fieldloop.server.http.HttpAnswer.Header;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers as the Python server of xiaozhi-esp32-server does: one protocol at a time, no activation, every error a 200. */
final class SingleModuleOta implements OtaRules {
    private static final String DOWNLOAD = CHECK + "/download/";

    private final OtaConfig config;
    private final Supplier<Sections> sections;

    SingleModuleOta(OtaConfig config, Supplier<Sections> sections) {
        this.config = config;
        this.sections = sections;
    }

    @Override
    public OtaAnswer answer(OtaRequest request, Instant now) {
        String path = request.path();
        Firmware firmware = config.firmware();
        if (firmware != null && request.isRead() && path.startsWith(DOWNLOAD) && path.endsWith(suffix(firmware))) {
            return download(request, firmware);
        }
        if (!OtaRules.isCheck(path)) {
            return new OtaAnswer.Words(404, "text/plain; charset=utf-8", "404: Not Found");
        }
        if (request.isRead()) {
            return new OtaAnswer.Words(
                    200,
                    "text/plain; charset=utf-8",
                    "OTA接口运行正常，向设备发送的websocket地址是：" + String.join(";", config.websocketUrls()));
        }
        String deviceId = request.deviceId();
        if (deviceId == null
                || deviceId.isEmpty()
                || request.clientId().isEmpty()
                || !request.method().equals("POST")) {
            return new OtaAnswer.Words(200, OtaAnswer.JSON, "{\"success\":false,\"message\":\"request error.\"}");
        }
        return handOut(request, deviceId, firmware, now);
    }

    private OtaAnswer handOut(OtaRequest request, String deviceId, @Nullable Firmware firmware, Instant now) {
        String version = Objects.requireNonNullElse(request.version(), "1.0.0");
        Sections answer = sections.get().serverTime(now, null);
        if (firmware != null && (firmware.force() || Versions.isNewer(firmware.version(), version))) {
            answer.firmware(
                    firmware.version(), request.urlOf(DOWNLOAD + model(request) + suffix(firmware)), firmware.force());
        } else {
            answer.firmware(version, "", false);
        }
        return (config.mqtt() == null
                        ? answer.webSocket(request, now)
                        : answer.mqtt(request, "GID_" + request.boardType(), deviceId, "{\"ip\": \"unknown\"}"))
                .done();
    }

    /** aiohttp's FileResponse understands ranges. */
    private static OtaAnswer download(OtaRequest request, Firmware firmware) {
        int length = firmware.image().length();
        ByteRange range = ByteRange.asked(request.header("Range"), length);
        if (range.isEmpty()) {
            return new OtaAnswer.Words(416, "text/plain; charset=utf-8", "");
        }
        return new OtaAnswer.Download(
                firmware.image(),
                range,
                range.length() < length ? List.of(new Header("Content-Range", range.contentRange(length))) : List.of());
    }

    private static String model(OtaRequest request) {
        return Objects.requireNonNullElse(request.header("device-model"), request.boardType());
    }

    private static String suffix(Firmware firmware) {
        return "_" + firmware.version() + ".bin";
    }
}
