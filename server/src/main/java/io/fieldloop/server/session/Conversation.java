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
import org.jspecify.annotations.Nullable;

/** Routes what the device says to who takes care of it: hello, turns, MCP. */
final class Conversation implements SessionHandler {
    private final Session session;
    private final Stance stance;
    private final HelloExchange hello;
    private final Listening listening;
    private final Speaking speaking;
    private final McpClient mcp;
    private final @Nullable McpClient early;
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
        boolean compat = stance == Stance.COMPAT;
        this.mcp = McpClient.afterHello(session, compat ? Duration.ofSeconds(1) : Duration.ZERO);
        this.early = compat && session.transport().standing() ? McpClient.atConnect(session) : null;
    }

    @Override
    public void begin() {
        if (early != null) {
            early.initialize();
        }
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
        List<String> tools = mcp.tools();
        return tools.isEmpty() && early != null ? early.tools() : tools;
    }

    /** Ends the talk with a goodbye, where the connection stands. */
    void hangUp() {
        if (greeted) {
            endTalk();
            Goodbye.say(session, session.id());
        }
    }

    /** Forgets what the device was saying; no answer comes of it. */
    void stopListening() {
        listening.cancel();
    }

    /** Sends a second hello in the middle of the talk. */
    void rekey() {
        hello.repeat();
    }

    CompletableFuture<JsonNode> callTool(String tool, ObjectNode arguments) {
        return mcp.call(tool, arguments);
    }

    @Override
    public void text(String text) {
        Optional<DeviceMessage> read = greeted ? DeviceMessage.read(text) : DeviceMessage.readWhole(text);
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
        session.link().closeAudio();
    }

    /** The connection stands, but nobody talks on it any more. */
    private void endTalk() {
        listening.cancel();
        speaking.cancel();
        session.link().closeAudio();
        greeted = false;
    }

    private void message(String type, DeviceMessage message) {
        if (type.equals("hello")) {
            whole(message, this::hello);
            return;
        }
        String state = message.state();
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.MessageReceived(connection.id(), type, state));
        boolean standing = session.transport().standing();
        if (standing && !greeted && !type.equals("goodbye") && !(type.equals("mcp") && stance == Stance.HARDENED)) {
            untimely(type, message);
            return;
        }
        switch (type) {
            case "listen" -> listen(state == null ? "" : state, message.mode() == null ? "auto" : message.mode());
            case "abort" -> speaking.abort();
            case "mcp" -> whole(message, all -> mcpAnswered(all.path("payload")));
            case "goodbye" -> {
                if (standing && greeted) {
                    endTalk();
                }
            }
            case "iot" -> {}
            default -> protocolError(Reason.UNKNOWN_MESSAGE_TYPE);
        }
    }

    private void mcpAnswered(JsonNode payload) {
        if (early != null && early.owns(payload)) {
            early.answered(payload);
        } else {
            mcp.answered(payload);
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
        connection.greeted();
        if (session.transport().standing()) {
            helloOnMqtt(message, version, transport);
            return;
        }
        greeted = true;
        speaksMcp = message.path("features").path("mcp").asBoolean(false);
        // The Python server takes audio as version 1 whatever the device announces.
        if (stance == Stance.HARDENED) {
            Optional<AudioFraming> announced = AudioFraming.forVersion(version);
            if (!transport.equals("websocket") || announced.isEmpty()) {
                session.close(1003, "unsupported transport or version", CloseReason.UNSUPPORTED_DATA);
                return;
            }
            framing = framing == AudioFraming.MQTT_GATEWAY ? framing : announced.get();
        }
        hello.answer(message);
    }

    /** xiaozhi-mqtt-gateway looks at the version alone. */
    private void helloOnMqtt(JsonNode message, int version, String transport) {
        boolean foreign = stance == Stance.HARDENED
                && !transport.equals(session.transport().word());
        if (version != HelloExchange.MQTT_VERSION || foreign) {
            session.close(1003, "unsupported transport or version", CloseReason.UNSUPPORTED_DATA);
            return;
        }
        if (greeted) {
            endTalk();
        }
        greeted = true;
        speaksMcp = message.path("features").path("mcp").asBoolean(false);
        session.beginTalk();
        hello.answer(message);
    }

    /**
     * A message of a talk that is over, or never began: the goodbye gives back the message's own session id, none where it had none.
     *
     * <p>Hardened, a device is not told to close what it has not named.
     */
    private void untimely(String type, DeviceMessage message) {
        whole(message, all -> {
            JsonNode payload = all.path("payload");
            if (type.equals("mcp") && early != null && early.owns(payload)) {
                early.answered(payload);
                return;
            }
            String named =
                    all.path("session_id").isTextual() ? all.path("session_id").asText() : null;
            protocolError(Reason.NO_HELLO);
            if (stance == Stance.COMPAT || named != null) {
                Goodbye.say(session, named);
            }
        });
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
        if (stance == Stance.COMPAT && notJson && session.transport().standing()) {
            session.close(1007, "no JSON", CloseReason.PROTOCOL_ERROR);
        } else if (stance == Stance.COMPAT && notJson) {
            session.sendText(text);
        }
    }

    private void protocolError(Reason reason) {
        Connection connection = session.connection();
        connection.emit(new GatewayEvent.ProtocolError(connection.id(), reason, null));
    }
}
