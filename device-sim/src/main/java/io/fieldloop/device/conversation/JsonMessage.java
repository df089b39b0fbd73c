package io.fieldloop.device.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One JSON text message with its type; text that is none has no type, as for the firmware. */
public record JsonMessage(String type, JsonNode body) {

    /** The message, or null where the firmware would log {@code Missing message type}. */
    public static @Nullable JsonMessage parse(String text) {
        JsonNode body = FirmwareJson.parse(text);
        JsonNode type = body == null ? null : body.get("type");
        return body == null || type == null || !type.isTextual() ? null : new JsonMessage(type.textValue(), body);
    }

    /** Whether the firmware's parser makes anything of the text, with or without a type. */
    public static boolean isJson(String text) {
        return FirmwareJson.parse(text) != null;
    }

    /** The message's state, for the messages that have one. */
    public @Nullable String state() {
        JsonNode state = body.path("state");
        return state.isTextual() ? state.textValue() : null;
    }
}
