package io.fieldloop.device.ota;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.device.conversation.FirmwareJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a check was answered, as the firmware takes it apart: what is no object, or no text, is as good as not there. */
final class CheckAnswer {
    private static final long MILLIS_PER_MINUTE = 60_000;

    private final JsonNode root;

    private CheckAnswer(JsonNode root) {
        this.root = root;
    }

    /** Null where it is no JSON. */
    static @Nullable CheckAnswer parse(String body) {
        int nul = body.indexOf('\0');
        JsonNode root = FirmwareJson.parseExact(nul < 0 ? body : body.substring(0, nul));
        return root == null ? null : new CheckAnswer(root);
    }

    boolean has(String section) {
        return root.path(section).isObject();
    }

    JsonNode section(String section) {
        return root.path(section);
    }

    /** Null where it is not there, or no text. */
    @Nullable
    String text(String section, String key) {
        JsonNode value = root.path(section).path(key);
        return has(section) && value.isTextual() ? value.textValue() : null;
    }

    boolean forced() {
        JsonNode force = root.path("firmware").path("force");
        return force.isNumber() && force.intValue() == 1;
    }

    /** The time in {@code server_time} with its time zone added, as the firmware sets its clock; null where there is none. */
    @Nullable
    Instant localTime() {
        JsonNode timestamp = root.path("server_time").path("timestamp");
        JsonNode offset = root.path("server_time").path("timezone_offset");
        if (!timestamp.isNumber()) {
            return null;
        }
        double millis =
                timestamp.doubleValue() + (offset.isNumber() ? offset.intValue() * (double) MILLIS_PER_MINUTE : 0);
        double bounded = Math.max(Math.min(millis, 1e15), -1e15);
        return Instant.EPOCH.plus(Duration.ofMillis((long) bounded));
    }
}
