package io.fieldloop.device.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The device's MCP server: JSON-RPC 2.0 inside {@code mcp} messages, with the tools every board of the firmware has. */
final class McpServer {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PROTOCOL_VERSION = "2024-11-05";

    private int volume = 70;

    /** The response to a request, or null where the firmware stays silent: a notification, or no JSON-RPC request at all. */
    @Nullable
    ObjectNode answer(JsonNode request) {
        String method = request.path("method").asText("");
        JsonNode id = request.path("id");
        if (!request.path("jsonrpc").asText("").equals("2.0")
                || method.isEmpty()
                || method.startsWith("notifications")
                || !id.isNumber()) {
            return null;
        }
        return switch (method) {
            case "initialize" -> result(id, initialized());
            case "tools/list" -> result(id, toolList());
            case "tools/call" -> call(id, request.path("params"));
            default -> error(id, "Method not implemented: " + method);
        };
    }

    private static ObjectNode initialized() {
        ObjectNode result = JSON.objectNode();
        result.put("protocolVersion", PROTOCOL_VERSION);
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", "fieldloop").put("version", "2.4.2");
        return result;
    }

    private static ObjectNode toolList() {
        ObjectNode result = JSON.objectNode();
        var tools = result.putArray("tools");
        ObjectNode status = tools.addObject();
        status.put("name", "self.get_device_status");
        status.put("description", "Provides the real-time information of the device, such as the speaker volume.");
        status.putObject("inputSchema").put("type", "object").putObject("properties");
        ObjectNode speaker = tools.addObject();
        speaker.put("name", "self.audio_speaker.set_volume");
        speaker.put("description", "Set the volume of the audio speaker.");
        ObjectNode schema = speaker.putObject("inputSchema").put("type", "object");
        schema.putObject("properties")
                .putObject("volume")
                .put("type", "integer")
                .put("minimum", 0)
                .put("maximum", 100);
        schema.putArray("required").add("volume");
        return result;
    }

    private ObjectNode call(JsonNode id, JsonNode params) {
        String tool = params.path("name").asText("");
        return switch (tool) {
            case "self.get_device_status" ->
                result(
                        id,
                        content("{\"audio_speaker\":{\"volume\":" + volume
                                + "},\"network\":{\"type\":\"simulated\"}}"));
            case "self.audio_speaker.set_volume" ->
                setVolume(id, params.path("arguments").path("volume"));
            default -> error(id, "Unknown tool: " + tool);
        };
    }

    private ObjectNode setVolume(JsonNode id, JsonNode argument) {
        if (!argument.isInt()) {
            return error(id, "Missing valid argument: volume");
        }
        if (argument.intValue() < 0) {
            return error(id, "Value is below minimum allowed: 0");
        }
        if (argument.intValue() > 100) {
            return error(id, "Value exceeds maximum allowed: 100");
        }
        volume = argument.intValue();
        return result(id, content("true"));
    }

    private static ObjectNode content(String text) {
        ObjectNode result = JSON.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        result.put("isError", false);
        return result;
    }

    private static ObjectNode result(JsonNode id, ObjectNode result) {
        return response(id).set("result", result);
    }

    private static ObjectNode error(JsonNode id, String message) {
        return response(id).set("error", JSON.objectNode().put("message", message));
    }

    private static ObjectNode response(JsonNode id) {
        return JSON.objectNode().put("jsonrpc", "2.0").set("id", id);
    }
}
