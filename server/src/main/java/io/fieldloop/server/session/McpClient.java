package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the MCP server inside the device: initialize (id 1), tools/list (id 2, page by page), tools/call.
 *
 * <p>Calls count on from 3; xiaozhi-esp32-server starts again at 1, where a late answer can be taken for another.
 */
final class McpClient {
    /** What xiaozhi-mqtt-gateway counts from, before any chat server does, and how many tools it asks for. */
    private static final int AT_CONNECT = 10_000;

    private static final int TOOLS_MAX_AT_CONNECT = 32;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    /** A device that keeps handing out cursors must not be followed for ever. */
    private static final int TOOLS_MAX = 1000;

    private final Session session;
    private final Duration pauseAfterInitialize;
    private final int initialize;
    private final int toolsMax;
    private final boolean notifies;
    private volatile List<String> tools = List.of();
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new LinkedHashMap<>();
    private int listing;
    private int lastId;

    private McpClient(Session session, Duration pauseAfterInitialize, int initialize, int toolsMax, boolean notifies) {
        this.session = session;
        this.pauseAfterInitialize = pauseAfterInitialize;
        this.initialize = initialize;
        this.toolsMax = toolsMax;
        this.notifies = notifies;
        this.listing = initialize + 1;
        this.lastId = listing;
    }

    /** As xiaozhi-esp32-server speaks once the device has said hello. */
    static McpClient afterHello(Session session, Duration pauseAfterInitialize) {
        return new McpClient(session, pauseAfterInitialize, 1, TOOLS_MAX, false);
    }

    /** As xiaozhi-mqtt-gateway speaks before any hello: each page has an id of its own, and a notification comes before the first. */
    static McpClient atConnect(Session session) {
        return new McpClient(session, Duration.ZERO, AT_CONNECT, TOOLS_MAX_AT_CONNECT, true);
    }

    /** Whether this is an answer to what only this client asks. */
    boolean owns(JsonNode payload) {
        return payload.path("id").asInt(0) >= initialize;
    }

    void initialize() {
        ObjectNode params = Json.object().put("protocolVersion", "2024-11-05");
        params.set("capabilities", Json.object());
        params.set("clientInfo", Json.object().put("name", "fieldloop").put("version", "1"));
        request(initialize, "initialize", params);
    }

    /** The names the device listed so far; safe to ask from any thread. */
    List<String> tools() {
        return tools;
    }

    /** Completes with the result, or fails with the device's error or after 30 s. */
    CompletableFuture<JsonNode> call(String tool, ObjectNode arguments) {
        int id = ++lastId;
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        calls.put(id, result);
        ObjectNode params = Json.object().put("name", tool);
        params.set("arguments", arguments);
        request(id, "tools/call", params);
        session.after(CALL_LIMIT, () -> {
            calls.remove(id);
            result.completeExceptionally(
                    new TimeoutException("The device did not answer the call of " + tool + " within 30 s."));
        });
        return result;
    }

    /** Takes the payload of an mcp message; requests and notifications of the device need no answer. */
    void answered(JsonNode payload) {
        int id = payload.path("id").asInt(0);
        if (id == initialize && payload.has("result")) {
            if (notifies) {
                send(Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
            }
            session.after(pauseAfterInitialize, () -> listTools(""));
        } else if (id == listing && payload.has("result")) {
            toolsListed(payload.path("result"));
        } else {
            complete(calls.remove(id), payload);
        }
    }

    /** The session is over. */
    void cancel() {
        List<CompletableFuture<JsonNode>> open = new ArrayList<>(calls.values());
        calls.clear();
        open.forEach(call -> call.completeExceptionally(new IllegalStateException("The session is over.")));
    }

    private void listTools(String cursor) {
        request(listing, "tools/list", Json.object().put("cursor", cursor));
    }

    private void toolsListed(JsonNode result) {
        List<String> listed = new ArrayList<>(tools);
        result.path("tools").forEach(tool -> listed.add(tool.path("name").asText()));
        tools = List.copyOf(listed);
        String cursor = result.path("nextCursor").asText("");
        if (!cursor.isEmpty() && tools.size() < toolsMax && result.path("tools").size() > 0) {
            if (notifies) {
                listing = ++lastId;
            }
            listTools(cursor);
        }
    }

    private static void complete(@Nullable CompletableFuture<JsonNode> call, JsonNode payload) {
        if (call == null) {
            return;
        }
        if (payload.has("error")) {
            String message = payload.path("error").path("message").asText("no message");
            call.completeExceptionally(new IllegalStateException("The device refused the call: " + message));
        } else {
            call.complete(payload.path("result"));
        }
    }

    private void request(int id, String method, ObjectNode params) {
        ObjectNode payload = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        payload.set("params", params);
        send(payload);
    }

    private void send(ObjectNode payload) {
        ObjectNode message = Json.message("mcp");
        message.set("payload", payload);
        session.send(message);
    }
}
