package io.fieldloop.server.ota;

import io.fieldloop.server.ota.OtaConfig.Firmware;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers as manager-api of xiaozhi-esp32-server does, the Java one.
 *
 * <p>Whatever goes wrong in it is told with status 200 and an error object, which a device takes for an answer that hands out nothing.
 */
final class ManagerApiOta implements OtaRules {
    /** What it says where it failed, whatever failed (RenExceptionHandler). */
    static final String ERROR_OBJECT = "{\"code\":500,\"msg\":\"服务器内部异常\",\"data\":null}";

    /** Takes letters beyond F too (NetworkUtil). */
    private static final Pattern MAC = Pattern.compile("([0-9A-Za-z]{2}[:-]){5}[0-9A-Za-z]{2}");

    private static final String DOWNLOAD = "/xiaozhi/otaMag/download/";
    private static final String INVALID_FIRMWARE = DOWNLOAD + "NOT_ACTIVATED_FIRMWARE_THIS_IS_A_INVALID_URL";

    private final OtaConfig config;
    private final Activations activations;
    private final FirmwareLinks links;
    private final Supplier<Sections> sections;

    ManagerApiOta(OtaConfig config, Activations activations, FirmwareLinks links, Supplier<Sections> sections) {
        this.config = config;
        this.activations = activations;
        this.links = links;
        this.sections = sections;
    }

    @Override
    public OtaAnswer answer(OtaRequest request, Instant now) {
        String path = request.path();
        if (path.startsWith(DOWNLOAD)) {
            return download(path.substring(DOWNLOAD.length()));
        } else if (path.equals(ACTIVATE)) {
            return activate(request, now);
        }
        return OtaRules.isCheck(path) ? check(request, now) : error();
    }

    private OtaAnswer check(OtaRequest request, Instant now) {
        if (request.isRead()) {
            return new OtaAnswer.Words(200, "text/plain;charset=UTF-8", "OTA接口运行正常");
        }
        String deviceId = request.deviceId();
        if (deviceId == null || !request.isJson() || request.json().isEmpty()) {
            return error();
        }
        if (deviceId.isBlank()) {
            return json("{\"error\":\"Device ID is required\"}");
        }
        if (!MAC.matcher(deviceId).matches()) {
            return json("{\"error\":\"Invalid device ID\"}");
        }
        Optional<Activations.Pending> pending = activations.pending(deviceId, now);
        if (pending.isPresent() && request.version() == null) {
            return error(); // a NullPointerException there
        }
        return handOut(request, deviceId, pending, now);
    }

    private OtaAnswer handOut(OtaRequest request, String deviceId, Optional<Activations.Pending> pending, Instant now) {
        Sections answer = sections.get().serverTime(now, "Asia/Shanghai");
        String version = String.valueOf(request.version());
        Firmware firmware = config.firmware();
        if (pending.isPresent()) {
            answer.activation(pending.get(), request.urlOf("/"))
                    .firmware(version, request.urlOf(INVALID_FIRMWARE), false);
        } else if (firmware != null && (firmware.force() || Versions.isNewer(firmware.version(), version))) {
            answer.firmware(firmware.version(), request.urlOf(DOWNLOAD + links.issue()), firmware.force());
        } else {
            answer.firmware(version, request.urlOf(INVALID_FIRMWARE), false);
        }
        return answer.webSocket(request, now)
                .mqtt(
                        request,
                        pending.isPresent() ? "GID_default" : request.boardType(),
                        deviceId,
                        "{\"ip\":\"" + request.source().getHostAddress() + "\"}")
                .done();
    }

    /** It looks whether the device is bound, and never at the body. */
    private OtaAnswer activate(OtaRequest request, Instant now) {
        String deviceId = request.deviceId();
        if (deviceId == null) {
            return error();
        }
        boolean bound = activations
                .told(deviceId)
                .map(told -> activations.isBound(told, now))
                .orElse(config.activation() == null);
        return bound ? new OtaAnswer.Activation(200, "success") : new OtaAnswer.Activation(202, "");
    }

    private OtaAnswer download(String link) {
        Firmware firmware = config.firmware();
        return firmware == null || links.use(link).isEmpty()
                ? new OtaAnswer.Words(404, "text/plain", "")
                : new OtaAnswer.Download(
                        firmware.image(), new ByteRange(0, firmware.image().length()), List.of());
    }

    private static OtaAnswer json(String text) {
        return new OtaAnswer.Words(200, OtaAnswer.JSON, text);
    }

    private static OtaAnswer error() {
        return json(ERROR_OBJECT);
    }
}
