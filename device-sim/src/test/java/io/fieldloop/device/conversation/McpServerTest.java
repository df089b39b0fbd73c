package io.fieldloop.device.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class McpServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final McpServer mcp = new McpServer();

    private String answer(String method, String params) throws Exception {
        JsonNode answer = mcp.answer(JSON.readTree(
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}"));
        return String.valueOf(answer);
    }

    @Test
    void listsTheToolsOfEveryBoard() throws Exception {
        JsonNode tools =
                JSON.readTree(answer("tools/list", "{\"cursor\":\"\"}")).at("/result/tools");
        assertThat(tools)
                .extracting(tool -> tool.path("name").asText())
                .containsExactly("self.get_device_status", "self.audio_speaker.set_volume");
        assertThat(tools.get(1).at("/inputSchema/properties/volume/maximum").intValue())
                .isEqualTo(100);
    }

    @Test
    void callsATool() throws Exception {
        assertThat(answer("tools/call", "{\"name\":\"self.audio_speaker.set_volume\",\"arguments\":{\"volume\":30}}"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[{\"type\":\"text\","
                        + "\"text\":\"true\"}],\"isError\":false}}");
        assertThat(answer("tools/call", "{\"name\":\"self.get_device_status\",\"arguments\":{}}"))
                .contains("{\\\"volume\\\":30}");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(answer("tools/call", "{\"name\":\"self.reboot\"}"))
                .contains("\"error\":{\"message\":\"Unknown tool: self.reboot\"}");
        assertThat(answer("tools/call", "{\"name\":\"self.audio_speaker.set_volume\",\"arguments\":{\"volume\":101}}"))
                .contains("Value exceeds maximum allowed: 100");
        assertThat(answer("resources/list", "{}")).contains("Method not implemented: resources/list");
    }

    @Test
    void saysNothingToNotificationsAndToWhatIsNoJsonRpc() throws Exception {
        assertThat(answer("notifications/initialized", "{}")).isEqualTo("null");
        assertThat(mcp.answer(JSON.readTree("{\"method\":\"initialize\",\"id\":1}")))
                .isNull();
    }
}
