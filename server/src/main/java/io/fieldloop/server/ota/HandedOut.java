package io.fieldloop.server.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and bends what a check hands out. */
final class HandedOut {
    private static final String WEBSOCKET = "websocket";
    private static final String MQTT = "mqtt";
    private static final String FIRMWARE = "firmware";
    private static final String URL = "url";
    private static final String ENDPOINT = "endpoint";
    private static final Pattern HOST_IN_URL = Pattern.compile("(?<=://)[^/:]*");
    private static final Pattern HOST_IN_ENDPOINT = Pattern.compile("^[^/:]*");

    private HandedOut() {}

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The words {@code websocket}, {@code mqtt}, both or {@code nothing}. */
    static String protocols(ObjectNode json) {
        String both = Stream.of(WEBSOCKET, MQTT).filter(json::has).collect(Collectors.joining("+"));
        return both.isEmpty() ? "nothing" : both;
    }

    /** The version of the firmware on offer; null where there is nothing to download. */
    static @Nullable String firmware(ObjectNode json) {
        JsonNode firmware = json.path(FIRMWARE);
        return firmware.path(URL).asText().isEmpty()
                ? null
                : firmware.path("version").asText();
    }

    static void atHost(ObjectNode json, String host) {
        replace(json.get(WEBSOCKET), URL, HOST_IN_URL, host);
        replace(json.get(MQTT), ENDPOINT, HOST_IN_ENDPOINT, host);
    }

    private static void replace(@Nullable JsonNode section, String key, Pattern part, String by) {
        if (section instanceof ObjectNode object) {
            object.put(key, part.matcher(object.path(key).asText()).replaceFirst(by));
        }
    }

    static void mqttToo(ObjectNode json, String endpoint, OtaRequest request) {
        String device = Objects.requireNonNullElse(request.deviceId(), "");
        MqttCredentials credentials = MqttCredentials.of("no broker knows it", "GID_default", device, "{}");
        json.putObject(MQTT)
                .put(ENDPOINT, endpoint)
                .put("client_id", credentials.clientId())
                .put("username", credentials.username())
                .put("password", credentials.password())
                .put("publish_topic", "device-server");
    }

    static void nothing(ObjectNode json) {
        json.remove(WEBSOCKET);
        json.remove(MQTT);
    }

    static void version(ObjectNode json, String version, boolean force) {
        ObjectNode firmware = json.withObject("/" + FIRMWARE);
        firmware.put("version", version);
        if (!firmware.has(URL)) {
            firmware.put(URL, "");
        }
        if (force) {
            firmware.put("force", 1);
        }
    }

    static void link(ObjectNode json, UnaryOperator<String> other) {
        if (firmware(json) != null && json.get(FIRMWARE) instanceof ObjectNode firmware) {
            firmware.put(URL, other.apply(firmware.path(URL).asText()));
        }
    }

    static void withoutChallenge(ObjectNode json) {
        if (json.get("activation") instanceof ObjectNode activation) {
            activation.remove("challenge");
        }
    }

    static void shifted(ObjectNode json, Duration by) {
        if (json.get("server_time") instanceof ObjectNode time) {
            time.put("timestamp", time.path("timestamp").asLong() + by.toMillis());
        }
    }
}
