package io.fieldloop.device.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.ListenMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is said on one open channel: dispatches the server's messages as the firmware's Application does, and holds the current turn. */
final class Conversation {

    private static final String APPLICATION = "Application";

    private final DeviceContext context;
    private final MessageChannel channel;
    private final Runnable reboot;
    private final ListenMode mode;
    private final McpServer mcp = new McpServer();
    private final Microphone microphone;
    private String sessionId;
    private Duration frameDuration;
    private Playback playback;
    private @Nullable Turn turn;

    /** Listening was announced and nobody has spoken since: the next turn needs no announcement of its own. */
    private boolean awaitsSpeech;

    /** @param reboot what happens when the server asks for a reboot */
    Conversation(
            DeviceContext context, MessageChannel channel, Runnable reboot, ServerHello hello, RandomGenerator random) {
        this.context = context;
        this.channel = channel;
        this.reboot = reboot;
        this.mode = context.profile().listenMode();
        this.microphone = new Microphone(random);
        this.sessionId = hello.sessionId();
        this.frameDuration = hello.frameDuration();
        this.playback = new Playback(frameDuration);
    }

    /** A hello on an open channel: the firmware takes the new session id over without further ado. */
    void renew(ServerHello hello) {
        sessionId = hello.sessionId().isEmpty() ? sessionId : hello.sessionId();
        frameDuration = hello.frameDuration();
    }

    /** The user speaks; interrupts whatever is being said. */
    CompletableFuture<TurnOutcome> talk(Duration speech, Duration patience) {
        if (context.state() == DeviceState.SPEAKING) {
            abort();
        }
        endTurn(FailureReason.CLOSED_BY_USER);
        if (context.state() != DeviceState.LISTENING || !awaitsSpeech) {
            listen();
        }
        awaitsSpeech = false;
        Turn next = new Turn(context, channel, microphone, speech, patience, this::releaseButton);
        turn = next;
        next.begin();
        return next.outcome();
    }

    private void listen() {
        awaitsSpeech = true;
        context.enter(DeviceState.LISTENING);
        send("listen", "start", message("listen").put("state", "start").put("mode", mode.wireName()));
    }

    private void releaseButton() {
        if (mode == ListenMode.MANUAL && context.state() == DeviceState.LISTENING) {
            send("listen", "stop", message("listen").put("state", "stop"));
        }
    }

    /** The wake word cuts the server's speech short. */
    void abort() {
        send("abort", null, message("abort").put("reason", "wake_word_detected"));
    }

    /** The channel is gone. */
    void end(FailureReason reason) {
        reportAudio();
        endTurn(reason);
    }

    private void endTurn(FailureReason reason) {
        Turn current = turn;
        turn = null;
        if (current != null) {
            current.fail(reason);
        }
    }

    /** A JSON message other than hello. */
    void received(JsonMessage message) {
        switch (message.type()) {
            case "tts" -> tts(message);
            case "stt" -> stt(message.body());
            case "llm" -> signOfReply();
            case "mcp" -> mcp(message.body().path("payload"));
            case "system" -> system(message.body().path("command").asText(""));
            case "alert" -> alert(message.body());
            default -> context.log(LogLevel.WARN, APPLICATION, "Unknown message type: " + message.type());
        }
    }

    private void tts(JsonMessage message) {
        signOfReply();
        String state = message.state() == null ? "" : message.state();
        switch (state) {
            case "start" -> {
                if (context.state() == DeviceState.IDLE || context.state() == DeviceState.LISTENING) {
                    startSpeaking();
                }
            }
            case "stop" -> {
                if (context.state() == DeviceState.SPEAKING) {
                    stopSpeaking();
                }
            }
            case "sentence_start" ->
                context.log(
                        LogLevel.INFO,
                        APPLICATION,
                        "<< " + message.body().path("text").asText(""));
            default -> {}
        }
    }

    private void startSpeaking() {
        context.enter(DeviceState.SPEAKING);
        if (turn != null && mode != ListenMode.REALTIME) {
            turn.cutOff();
        }
    }

    private void stopSpeaking() {
        reportAudio();
        Turn done = turn;
        turn = null;
        if (mode == ListenMode.MANUAL) {
            context.enter(DeviceState.IDLE);
        } else {
            listen();
        }
        if (done != null) {
            done.complete();
        }
    }

    private void reportAudio() {
        if (!playback.isSilent()) {
            context.emit(new DeviceEvent.AudioReceived(playback.frames(), playback.bytes(), playback.dropped()));
        }
        playback = new Playback(frameDuration);
    }

    private void stt(JsonNode body) {
        signOfReply();
        context.log(LogLevel.INFO, APPLICATION, ">> " + body.path("text").asText(""));
    }

    private void signOfReply() {
        if (turn != null) {
            turn.signOfReply();
        }
    }

    /** One packet of the server's audio; negative bytes when it could not be read. */
    void audio(long opusBytes) {
        if (opusBytes < 0 || context.state() != DeviceState.SPEAKING) {
            playback.drop();
            return;
        }
        playback.queue(opusBytes, context.nanoTime());
        if (turn != null) {
            turn.signOfReply();
            turn.audioArrived();
        }
    }

    private void mcp(JsonNode payload) {
        ObjectNode answer = payload.isObject() ? mcp.answer(payload) : null;
        if (answer != null) {
            send("mcp", null, message("mcp").set("payload", answer));
        }
    }

    private void system(String command) {
        context.log(LogLevel.INFO, APPLICATION, "System command: " + command);
        if (command.equals("reboot")) {
            reboot.run();
        } else {
            context.log(LogLevel.WARN, APPLICATION, "Unknown system command: " + command);
        }
    }

    private void alert(JsonNode body) {
        JsonNode status = body.path("status");
        JsonNode message = body.path("message");
        JsonNode emotion = body.path("emotion");
        boolean complete = status.isTextual() && message.isTextual() && emotion.isTextual();
        context.log(
                LogLevel.WARN,
                APPLICATION,
                complete
                        ? "Alert [" + emotion.textValue() + "] " + status.textValue() + ": " + message.textValue()
                        : "Alert command requires status, message and emotion");
    }

    private ObjectNode message(String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("session_id", sessionId)
                .put("type", type);
    }

    private void send(String type, @Nullable String state, JsonNode message) {
        channel.sendJson(type, state, message.toString());
    }
}
