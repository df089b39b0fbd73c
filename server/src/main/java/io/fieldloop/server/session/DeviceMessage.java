package io.fieldloop.server.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that a device has sent, as far as most messages need it.
 *
 * <p>The text is read once, token by token, since a tree of it takes twice as long, and only hello and MCP need one. Of a
 * key that comes twice the last one counts, as in a tree.
 *
 * @param type null where it is missing or no string
 * @param state null likewise
 * @param mode null likewise
 * @param read all of it where it was read at once
 */
record DeviceMessage(
        @Nullable String type,
        @Nullable String state,
        @Nullable String mode,
        String text,
        @Nullable JsonNode read) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The same of a message that is expected to be one of those that need a tree. */
    static Optional<DeviceMessage> readWhole(String text) {
        return Json.read(text)
                .map(tree -> new DeviceMessage(
                        string(tree, "type"), string(tree, "state"), string(tree, "mode"), text, tree));
    }

    private static @Nullable String string(JsonNode tree, String key) {
        return tree.path(key).textValue();
    }

    /** The message, or empty when the text is no JSON; JSON that is no object is a message without a type. */
    static Optional<DeviceMessage> read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? Optional.of(object(parser, text))
                    : Json.read(text).map(other -> new DeviceMessage(null, null, null, text, other));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("A string could not be read.", e);
        }
    }

    private static DeviceMessage object(JsonParser parser, String text) throws IOException {
        String type = null;
        String state = null;
        String mode = null;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            boolean isString = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (key) {
                case "type" -> type = isString ? parser.getText() : null;
                case "state" -> state = isString ? parser.getText() : null;
                case "mode" -> mode = isString ? parser.getText() : null;
                default -> {}
            }
            parser.skipChildren();
        }
        return new DeviceMessage(type, state, mode, text, null);
    }

    /** All of it; empty when a value that nobody has looked at yet is more than is taken, such as a number of 2,000 digits. */
    Optional<JsonNode> tree() {
        return read == null ? Json.read(text) : Optional.of(read);
    }
}
