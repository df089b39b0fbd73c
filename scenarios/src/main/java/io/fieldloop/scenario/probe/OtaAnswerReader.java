package io.fieldloop.scenario.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.scenario.probe.finding.OtaFinding;
import io.fieldloop.scenario.probe.wire.AnswerHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the answer to a check apart, and says what a device would stumble over. */
final class OtaAnswerReader {
    /** From here on a device on Wi-Fi never gets to the end of its check (78/esp-ml307, MAX_BODY_CHUNKS_SIZE). */
    private static final int BODY_BYTES_MAX = 8192;

    private static final int NVS_KEY_MAX = 15;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}[^.]*(\\.\\d{1,9}[^.]*)*");
    private static final Pattern UNREACHABLE =
            Pattern.compile("(.*://)?(127\\.|0\\.0\\.0\\.0|localhost|172\\.1[78]\\.|host\\.docker\\.internal).*");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String answer;
    private final String asked;
    private final AnswerHead head;
    private final List<String> warnings = new ArrayList<>();
    private boolean restarts;

    /** @param asked the host that was asked, which may be this machine itself */
    OtaAnswerReader(String answer, String asked) {
        this.answer = answer;
        this.asked = asked;
        this.head = new AnswerHead(answer);
    }

    OtaFinding read(Duration elapsed, Instant now, String fate) {
        Integer status = head.status();
        String body = body();
        JsonNode json = status != null && status == 200 ? parse(body) : MissingNode.getInstance();
        String webSocket = text(json, "websocket", "url");
        String mqtt = text(json, "mqtt", "endpoint");
        judge(status, json, body, webSocket, mqtt);
        JsonNode time = json.path("server_time");
        Duration ahead = time.path("timestamp").isNumber()
                ? Duration.ofMillis(time.path("timestamp").asLong() - now.toEpochMilli())
                : null;
        if (ahead != null && ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
            warnings.add(
                    "The server's clock is wrong, and every device takes it over: certificates and tokens are judged by it.");
        }
        String link = text(json, "firmware", "url");
        return new OtaFinding(
                status,
                fate,
                elapsed,
                body.length(),
                ahead,
                time.path("timezone_offset").asInt(),
                webSocket,
                mqtt,
                link == null || link.isEmpty() ? null : text(json, "firmware", "version"),
                text(json, "activation", "code"),
                restarts,
                List.copyOf(warnings));
    }

    private String body() {
        int end = answer.indexOf("\r\n\r\n");
        return end < 0 ? "" : answer.substring(end + 4);
    }

    private JsonNode parse(String body) {
        int begin = body.indexOf('{');
        int end = body.lastIndexOf('}');
        try {
            // Chunk sizes stand around it where the server sends chunks.
            return begin < 0 || end < begin ? MissingNode.getInstance() : JSON.readTree(body.substring(begin, end + 1));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private void judge(
            @Nullable Integer status, JsonNode json, String body, @Nullable String webSocket, @Nullable String mqtt) {
        if (status == null || status != 200) {
            warnings.add("Devices show code=" + (status == null ? "-1" : status)
                    + " and ask again, ten times in 85 minutes; they follow no redirect.");
            return;
        }
        if (!json.isObject()) {
            warnings.add("The body is no JSON that a device could read; it shows code=264 and asks again.");
        } else if (webSocket == null && mqtt == null) {
            warnings.add("It hands out neither websocket nor mqtt; devices take that for success and connect to nothing"
                    + (json.has("error") || json.has("code") ? ": the body is an error object." : "."));
        } else if (webSocket != null && mqtt != null) {
            warnings.add("It hands out both; devices take MQTT and never try the WebSocket.");
        }
        if (body.length() >= BODY_BYTES_MAX) {
            warnings.add("The body has 8 KiB or more, on which devices on Wi-Fi hang.");
        }
        judgeAddress(webSocket);
        judgeAddress(mqtt);
        if (mqtt != null && MqttSettings.of(mqtt, "").abort() != null) {
            restartsOn("The endpoint " + mqtt + " has no number behind its first colon");
        }
        judgeFirmware(json);
        judgeKeys(json.path("websocket"));
        judgeKeys(json.path("mqtt"));
    }

    private void judgeAddress(@Nullable String address) {
        boolean near = UNREACHABLE.matcher(asked).matches();
        if (address != null && !near && UNREACHABLE.matcher(address).matches()) {
            warnings.add(address + " is an address only the server's own machine or container can reach.");
        }
    }

    private void judgeFirmware(JsonNode json) {
        String version = text(json, "firmware", "version");
        if (version != null && !VERSION.matcher(version).matches()) {
            restartsOn("The firmware version '" + version + "' is no number");
        }
        if (json.path("firmware").path("force").asInt() == 1) {
            warnings.add("force is 1: devices install that version at every boot.");
        }
        if (text(json, "activation", "code") != null && text(json, "activation", "challenge") == null) {
            warnings.add("There is a code and no challenge: devices show it and never ask whether it was entered.");
        }
    }

    /** All of both sections is stored in NVS, where longer keys are refused by ESP_ERROR_CHECK (ota.cc, settings.cc). */
    private void judgeKeys(JsonNode section) {
        section.properties().stream()
                .filter(entry -> entry.getKey().length() > NVS_KEY_MAX)
                .filter(entry ->
                        entry.getValue().isTextual() || entry.getValue().isNumber())
                .forEach(entry ->
                        restartsOn("The key '" + entry.getKey() + "' is longer than the 15 characters of NVS"));
    }

    private void restartsOn(String cause) {
        restarts = true;
        warnings.add(cause + ", on which devices restart for ever.");
    }

    private static @Nullable String text(JsonNode json, String section, String key) {
        JsonNode value = json.path(section).path(key);
        return value.isTextual() ? value.textValue() : null;
    }

    /** A section as it came, for who follows it. */
    JsonNode section(String name) {
        return parse(body()).path(name);
    }
}
