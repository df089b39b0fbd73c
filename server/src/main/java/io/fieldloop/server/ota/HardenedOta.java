package io.fieldloop.server.ota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.http.HttpAnswer.Header;
import io.fieldloop.server.ota.OtaConfig.Firmware;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers as a server should: a status that says what is wrong, and nothing to a device that proves nothing. */
final class HardenedOta implements OtaRules {
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");
    private static final String DOWNLOAD = CHECK + "/download/";
    private static final String SUFFIX = ".bin";

    private final OtaConfig config;
    private final LimitsConfig limits;
    private final Activations activations;
    private final Supplier<Sections> sections;

    HardenedOta(OtaConfig config, LimitsConfig limits, Activations activations, Supplier<Sections> sections) {
        this.config = config;
        this.limits = limits;
        this.activations = activations;
        this.sections = sections;
    }

    @Override
    public OtaAnswer answer(OtaRequest request, Instant now) {
        OtaAnswer.Refused malformed = headRefusal(request);
        if (malformed != null) {
            return malformed;
        }
        String path = request.path();
        if (OtaRules.isCheck(path)) {
            return check(request, now);
        } else if (path.equals(ACTIVATE)) {
            return activate(request, now);
        }
        return path.startsWith(DOWNLOAD) ? download(request) : refuse(RefusalReason.OTA_PATH_NOT_FOUND, path);
    }

    private OtaAnswer.@Nullable Refused headRefusal(OtaRequest request) {
        if (request.headers().size() > limits.headersMax()) {
            return refuse(RefusalReason.TOO_MANY_HEADERS, null);
        }
        return request.authority().isPresent() ? null : refuse(RefusalReason.MALFORMED_REQUEST, "Host");
    }

    private OtaAnswer check(OtaRequest request, Instant now) {
        if (!request.isRead() && !request.method().equals("POST")) {
            return refuse(RefusalReason.OTA_METHOD_NOT_ALLOWED, request.method());
        }
        OtaAnswer.Refused refusal = deviceRefusal(request);
        if (refusal == null && !request.isRead()) {
            refusal = bodyRefusal(request);
        }
        return refusal == null ? handOut(request, now) : refusal;
    }

    private static OtaAnswer.@Nullable Refused deviceRefusal(OtaRequest request) {
        String deviceId = request.deviceId();
        if (deviceId == null || deviceId.isBlank()) {
            return refuse(RefusalReason.OTA_DEVICE_ID_MISSING, null);
        }
        boolean single = request.headers().getAll("Device-Id").size() == 1;
        if (!single || !MAC.matcher(deviceId).matches()) {
            return refuse(RefusalReason.OTA_DEVICE_ID_MALFORMED, deviceId);
        }
        return request.clientId().isBlank() ? refuse(RefusalReason.OTA_CLIENT_ID_MISSING, null) : null;
    }

    private static OtaAnswer.@Nullable Refused bodyRefusal(OtaRequest request) {
        if (!request.isJson()) {
            return refuse(RefusalReason.OTA_NOT_JSON, request.header("Content-Type"));
        }
        Optional<ObjectNode> body = request.json();
        if (body.isEmpty()) {
            return refuse(RefusalReason.OTA_BODY_UNREADABLE, null);
        }
        String mac = body.get().path("mac_address").textValue();
        return mac == null || mac.equalsIgnoreCase(request.deviceId())
                ? null
                : refuse(RefusalReason.OTA_DEVICE_ID_MALFORMED, "mac_address in the body is " + mac);
    }

    private OtaAnswer handOut(OtaRequest request, Instant now) {
        String deviceId = String.valueOf(request.deviceId());
        Sections answer = sections.get().serverTime(now, null);
        activations.pending(deviceId, now).ifPresent(pending -> answer.activation(pending, request.urlOf("/")));
        offerFirmware(answer, request);
        if (config.mqtt() == null) {
            answer.webSocket(request, now);
        }
        return answer.mqtt(
                        request,
                        "GID_" + request.boardType(),
                        deviceId,
                        "{\"ip\":\"" + request.source().getHostAddress() + "\"}")
                .done();
    }

    /** A device that is up to date is told its own version, which is newer for none. */
    private void offerFirmware(Sections answer, OtaRequest request) {
        Firmware firmware = config.firmware();
        String present = request.version();
        if (firmware != null && (firmware.force() || Versions.isNewer(firmware.version(), present))) {
            answer.firmware(firmware.version(), request.urlOf(pathOf(firmware)), firmware.force());
        } else if (present != null) {
            answer.firmware(present, "", false);
        }
    }

    private static String pathOf(Firmware firmware) {
        return DOWNLOAD + firmware.version().replaceAll("[^A-Za-z0-9._-]", "_") + SUFFIX;
    }

    private OtaAnswer activate(OtaRequest request, Instant now) {
        if (!request.method().equals("POST")) {
            return refuse(RefusalReason.OTA_METHOD_NOT_ALLOWED, request.method());
        }
        OtaAnswer.Refused refusal = deviceRefusal(request);
        if (refusal == null) {
            refusal = request.isJson() ? null : refuse(RefusalReason.OTA_NOT_JSON, request.header("Content-Type"));
        }
        if (refusal != null) {
            return refusal;
        }
        Optional<ObjectNode> body = request.json();
        Optional<Activations.Pending> told = activations.told(String.valueOf(request.deviceId()));
        if (body.isEmpty()) {
            return refuse(RefusalReason.OTA_BODY_UNREADABLE, null);
        }
        if (told.isEmpty()) {
            return refuse(RefusalReason.ACTIVATION_NOT_BEGUN, null);
        }
        return proven(request, body.get(), told.get(), now);
    }

    private OtaAnswer proven(OtaRequest request, ObjectNode body, Activations.Pending told, Instant now) {
        String serial = request.header("Serial-Number");
        if (serial != null) {
            String key = config.activation() == null
                    ? null
                    : config.activation().keysBySerialNumber().get(serial);
            if (key == null || !serial.equals(body.path("serial_number").textValue())) {
                return refuse(RefusalReason.ACTIVATION_SERIAL_UNKNOWN, serial);
            }
            boolean right =
                    ActivationProof.ALGORITHM.equals(body.path("algorithm").textValue())
                            && told.challenge().equals(body.path("challenge").textValue())
                            && ActivationProof.matches(
                                    key, told.challenge(), body.path("hmac").asText());
            if (!right) {
                return refuse(RefusalReason.ACTIVATION_PROOF_WRONG, null);
            }
        }
        return activations.isBound(told, now)
                ? new OtaAnswer.Activation(200, "{\"message\":\"activated\"}")
                : new OtaAnswer.Activation(202, "{\"message\":\"waiting for the code to be entered\"}");
    }

    private OtaAnswer download(OtaRequest request) {
        Firmware firmware = config.firmware();
        if (!request.isRead()) {
            return refuse(RefusalReason.OTA_METHOD_NOT_ALLOWED, request.method());
        }
        if (firmware == null || !request.path().equals(pathOf(firmware))) {
            return refuse(RefusalReason.FIRMWARE_NOT_FOUND, request.path());
        }
        int length = firmware.image().length();
        // Whoever asks for the rest of what may be another image by now gets all of this one (RFC 9110, 13.1.5); HEAD
        // has no parts (14.2).
        String asked = request.isHead() || request.header("If-Range") != null ? null : request.header("Range");
        ByteRange range = ByteRange.asked(asked, length);
        if (range.isEmpty()) {
            RefusalReason reason = RefusalReason.RANGE_NOT_SATISFIABLE;
            return new OtaAnswer.Refused(reason, asked, told(reason).with("Content-Range", range.contentRange(length)));
        }
        List<Header> headers = new ArrayList<>(List.of(new Header("Accept-Ranges", "bytes")));
        if (range.length() < length) {
            headers.add(new Header("Content-Range", range.contentRange(length)));
        }
        return new OtaAnswer.Download(firmware.image(), range, headers);
    }

    private static OtaAnswer.Refused refuse(RefusalReason reason, @Nullable String detail) {
        return new OtaAnswer.Refused(reason, detail, told(reason));
    }

    /** The reason's own status, its name for machines and its sentence for people. */
    static HttpAnswer told(RefusalReason reason) {
        Integer status = reason.status();
        String body = "{\"reason\":\"" + reason.wireName() + "\",\"message\":\"" + reason.explanation() + "\"}\n";
        HttpAnswer answer = OtaAnswer.http(status == null ? 400 : status, OtaAnswer.JSON, body)
                .with("X-Fieldloop-Reason", reason.wireName());
        return reason == RefusalReason.OTA_METHOD_NOT_ALLOWED ? answer.with("Allow", "GET, HEAD, POST") : answer;
    }
}
