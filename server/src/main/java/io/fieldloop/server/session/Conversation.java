package io.fieldloop.server.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.Stance;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayEvent.ProtocolError.Reason;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Routes what the device says to who takes care of it: hello, turns, MCP. */
final class Conversation implements SessionHandler {
    private final Session session;
    private final Stance stance;
    private final HelloExchange hello;
    private final Listening listening;
    private final Speaking speaking;
    private final McpClient mcp;
    private AudioFraming framing;
    private boolean greeted;
    private boolean speaksMcp;

    Conversation(Session session, Stance stance, CannedReply reply, AudioFraming framing) {
        this.session = session;
        this.stance = stance;
        this.framing = framing;
        this.hello = new HelloExchange(session, stance, this::helloSent);
        this.speaking = new Speaking(session, reply, () -> this.framing);
        this.listening = new Listening(session, this::reply);
        this.mcp = new McpClient(session, stance == Stance.COMPAT ? Duration.ofSeconds(1) : Duration.ZERO);
    }

    @Override
    public void begin() {
        hello.begin();
    }

    /** Whether the device has said hello. */
    boolean greeted() {
        return greeted;
    }

    String state() {
        if (speaking.active()) {
            return "speaking";
        }
        if (listening.active()) {
            return "listening";
        }
        return greeted ? "idle" : "connected";
    }

    List<String> tools() {
        return mcp.tools();
    }

    CompletableFuture<JsonNode> callTool(String tool, ObjectNode arguments) {
        return mcp.call(tool, arguments);
    }

    @Override
    public void text(String text) {
        Optional<DeviceMessage> read = DeviceMessage.read(text);
        String type = read.map(DeviceMessage::type).orElse(null);
        if (read.isEmpty() || type == null) {
            unreadable(text, read.isEmpty());
            return;
        }
        message(type, read.get());
    }

    @Override
    public void binary(ByteBuf message) {
        Optional<Reason> error = framing.error(message);
        if (error.isPresent()) {
            protocolError(error.get());
        } else if (!speaking.active() || listening.active()) {
            listening.frame(framing.payloadBytes(message));
        }
    }

    @Override
    public void end() {
        listening.cancel();
        speaking.cancel();
        mcp.cancel();
    }

    private void message(String type, DeviceMessage message) {
        if (type.equals("hello")) {
            whole(message, this::hello);
            return;
        }
        String state = message.state();
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.MessageReceived(connection.id(), type, state));
        switch (type) {
            case "listen" -> listen(state == null ? "" : state, message.mode() == null ? "auto" : message.mode());
            case "abort" -> speaking.abort();
            case "mcp" -> whole(message, all -> mcp.answered(all.path("payload")));
            case "goodbye", "iot" -> {}
            default -> protocolError(Reason.UNKNOWN_MESSAGE_TYPE);
        }
    }

    private void whole(DeviceMessage message, Consumer<JsonNode> action) {
        message.tree().ifPresentOrElse(action, () -> unreadable(message.text(), true));
    }

    private void hello(JsonNode message) {
        int version = message.path("version").asInt(1);
        String transport = message.path("transport").asText("");
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.HelloReceived(connection.id(), version, transport));
        greeted = true;
        connection.greeted();
        speaksMcp = message.path("features").path("mcp").asBoolean(false);
        // The Python server takes audio as version 1 whatever the device announces.
        if (stance == Stance.HARDENED) {
            Optional<AudioFraming> announced = AudioFraming.forVersion(version);
            if (!transport.equals("websocket") || announced.isEmpty()) {
                session.close(1003, "unsupported transport or version", CloseReason.UNSUPPORTED_DATA);
                return;
            }
            framing = announced.get();
        }
        hello.answer(message);
    }

    private void helloSent() {
        if (greeted && speaksMcp) {
            mcp.initialize();
        }
    }

    private void listen(String state, String mode) {
        switch (state) {
            case "start" -> listening.start(mode);
            case "stop" -> listening.stop();
            case "detect" -> {
                // The wake word was heard on the device; the turn begins with the start that follows.
            }
            default -> protocolError(Reason.UNKNOWN_LISTEN_STATE);
        }
    }

    private void reply() {
        if (!speaking.active()) {
            speaking.start();
        }
    }

    private void unreadable(String text, boolean notJson) {
        protocolError(notJson ? Reason.NOT_JSON : Reason.MESSAGE_TYPE_MISSING);
        if (stance == Stance.COMPAT && notJson) {
            session.sendText(text);
        }
    }

    private void protocolError(Reason reason) {
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.ProtocolError(connection.id(), reason, null));
    }
}
