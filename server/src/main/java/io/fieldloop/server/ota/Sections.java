package io.fieldloop.server.ota;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.connection.TokenIssuer;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the sections of a check's answer, in the keys and the order in which the reference servers do. */
final class Sections {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OtaConfig config;
    private final @Nullable TokenIssuer tokens;
    private final SecureRandom random;
    private final ObjectNode answer = JSON.createObjectNode();

    Sections(OtaConfig config, AdmissionConfig admission, SecureRandom random) {
        this.config = config;
        this.tokens = admission.tokenRequired() ? new TokenIssuer(admission.tokenKeyBytes()) : null;
        this.random = random;
    }

    /** @param zone its name as manager-api gives it beside the offset, or null for none */
    Sections serverTime(Instant now, @Nullable String zone) {
        ObjectNode time = answer.putObject("server_time").put("timestamp", now.toEpochMilli());
        if (zone != null) {
            time.put("timeZone", zone);
        }
        time.put("timezone_offset", config.timezoneOffsetMinutes());
        return this;
    }

    Sections activation(Activations.Pending pending, String frontend) {
        answer.putObject("activation")
                .put("code", pending.code())
                .put("message", frontend + "\n" + pending.code())
                .put("challenge", pending.challenge());
        return this;
    }

    Sections firmware(String version, String url, boolean force) {
        ObjectNode firmware =
                answer.putObject("firmware").put("version", version).put("url", url);
        if (force) {
            firmware.put("force", 1);
        }
        return this;
    }

    /** Nothing where no URL is configured. */
    Sections webSocket(OtaRequest request, Instant now) {
        int urls = config.websocketUrls().size();
        if (urls > 0) {
            int chosen = urls == 1 ? 0 : Math.floorMod(random.nextInt(), urls);
            String device = request.deviceId();
            answer.putObject("websocket")
                    .put("url", config.websocketUrls().get(chosen).replace("{host}", request.host()))
                    .put(
                            "token",
                            tokens == null || device == null ? "" : tokens.issue(request.clientId(), device, now));
        }
        return this;
    }

    /** Nothing where no broker is configured. */
    Sections mqtt(OtaRequest request, String group, String deviceId, String userJson) {
        OtaConfig.Mqtt mqtt = config.mqtt();
        if (mqtt != null) {
            mqtt(
                    mqtt.endpoint().replace("{host}", request.host()),
                    MqttCredentials.of(mqtt.signatureKey(), group, deviceId, userJson),
                    deviceId);
        }
        return this;
    }

    private void mqtt(String endpoint, MqttCredentials credentials, String deviceId) {
        answer.putObject("mqtt")
                .put("endpoint", endpoint)
                .put("client_id", credentials.clientId())
                .put("username", credentials.username())
                .put("password", credentials.password())
                .put("publish_topic", "device-server")
                .put("subscribe_topic", "devices/p2p/" + MqttCredentials.underscored(deviceId));
    }

    OtaAnswer.Checked done() {
        return new OtaAnswer.Checked(answer);
    }
}
