package io.fieldloop.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a message token by token says the same as a tree of it. */
final class DeviceMessageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"listen\",\"state\":\"start\",\"mode\":\"manual\"}",
                "{\"session_id\":\"\",\"payload\":{\"type\":\"inner\",\"a\":[{\"state\":\"x\"}]},\"type\":\"mcp\"}",
                "{\"type\":\"a\",\"type\":\"b\"}",
                "{\"type\":\"a\",\"type\":{\"type\":\"c\"}}",
                "{\"type\":1,\"state\":null,\"mode\":[\"type\"]}",
                "{\"t\\u0079pe\":\"h\\u00e9llo 🙂\"}",
                "{\"type\":\"iot\"} and more",
                "{}",
                "[]",
                "[{\"type\":\"a\"}]",
                "\"type\"",
                "7",
                "null",
                "",
                " ",
                "{",
                "{\"type\"",
                "{\"type\":\"a\"",
                "{\"type\":\"a\",}",
                "{\"type\":\"a\",\"b\":\"\\x\"}",
                "{\"type\":\"a\",\"b\":01}",
                "{\"type\":\"a\",\"b\":[1,2}",
                "{'type':'a'}",
                "hello",
                "\u0000"
            })
    void agreesWithATree(String text) {
        Optional<JsonNode> tree = Json.read(text);
        Optional<DeviceMessage> message = DeviceMessage.read(text);

        assertThat(message.isPresent()).isEqualTo(tree.isPresent());
        if (tree.isPresent() && message.isPresent()) {
            assertThat(message.get().type()).isEqualTo(textOf(tree.get(), "type"));
            assertThat(message.get().state()).isEqualTo(textOf(tree.get(), "state"));
            assertThat(message.get().mode()).isEqualTo(textOf(tree.get(), "mode"));
            assertThat(message.get().tree()).isEqualTo(tree);
        }
    }

    @Test
    void tooDeepANestIsNoMessage() {
        assertThat(DeviceMessage.read("{\"type\":\"a\",\"b\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"))
                .isEmpty();
    }

    @Test
    void tooLongANumberIsNoTree() {
        assertThat(DeviceMessage.read("{\"type\":\"hello\",\"version\":" + "1".repeat(2_000) + "}")
                        .flatMap(DeviceMessage::tree))
                .isEmpty();
    }

    private static @Nullable String textOf(JsonNode tree, String key) {
        return tree.path(key).isTextual() ? tree.path(key).asText() : null;
    }
}
