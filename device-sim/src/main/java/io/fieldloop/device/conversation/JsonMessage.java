package io.fieldloop.device.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** One JSON text message with its type; text that is none has no type, as for the firmware. */
public record JsonMessage(String type, JsonNode body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The message, or null where the firmware would log {@code Missing message type}. */
    public static @Nullable JsonMessage parse(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            JsonNode type = body == null ? null : body.get("type");
            return body == null || type == null || !type.isTextual() ? null : new JsonMessage(type.textValue(), body);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** The message's state, for the messages that have one. */
    public @Nullable String state() {
        JsonNode state = body.path("state");
        return state.isTextual() ? state.textValue() : null;
    }
}
