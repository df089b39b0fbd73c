package io.fieldloop.scenario.diagnose.websocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.StreamReader;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a WebSocket: hellos, closes, pings, and the last that each end said. */
public final class WebSocketConversation implements StreamReader {
    /** Those frames that are remembered are few, and most are short. */
    private static final int FRAMES_KEPT_BYTES = 2048;

    private static final JsonFactory JSON = new JsonFactory();

    private final FrameStream client = new FrameStream(true, this::frame);
    private final FrameStream server = new FrameStream(false, this::frame);
    private @Nullable Frame clientHello;
    private @Nullable Frame serverHello;
    private @Nullable Frame unsupportedHello;
    private @Nullable Frame clientClose;
    private @Nullable Frame serverClose;
    private @Nullable Frame lastOfServer;
    private @Nullable Frame lastMessage;
    private @Nullable Frame defect;
    private @Nullable Frame openPing;
    private @Nullable Frame firstOpenPing;
    private long clientFrames;
    private long serverFrames;
    private boolean split;
    private String open = "";
    private String openBeforeDefect = "";

    @Override
    public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        (fromClient ? client : server).bytes(bytes, offset, length, new Moment(packet, nanos));
    }

    @Override
    public void gap(boolean fromClient) {
        (fromClient ? client : server).stop();
    }

    @Override
    public int footprint() {
        return client.footprint() + server.footprint() + FRAMES_KEPT_BYTES;
    }

    private void frame(Frame frame) {
        if (frame.fromClient()) {
            ofClient(frame);
        } else {
            ofServer(frame);
        }
    }

    private void ofClient(Frame frame) {
        clientFrames++;
        switch (frame.opcode()) {
            case Frame.CLOSE -> clientClose = clientClose == null ? frame : clientClose;
            case Frame.PING -> {
                openPing = frame;
                firstOpenPing = firstOpenPing == null ? frame : firstOpenPing;
            }
            case Frame.TEXT -> {
                if (clientHello == null && "hello".equals(value(frame, "type"))) {
                    clientHello = frame;
                }
            }
            default -> {}
        }
    }

    private void ofServer(Frame frame) {
        serverFrames++;
        lastOfServer = frame;
        lastMessage = frame.opcode() < Frame.CLOSE ? frame : lastMessage;
        String before = split ? open : "";
        if (frame.opcode() < Frame.CLOSE && frame.isWhole() && before.length() < FRAMES_KEPT_BYTES) {
            open = before + frame.hex();
        }
        if (defect == null && (!frame.defect().isEmpty() || isOutOfOrder(frame))) {
            defect = frame;
            openBeforeDefect = before;
        }
        switch (frame.opcode()) {
            case Frame.CLOSE -> serverClose = serverClose == null ? frame : serverClose;
            case Frame.PONG -> {
                openPing = null;
                firstOpenPing = null;
            }
            case Frame.TEXT -> hello(frame);
            default -> {}
        }
    }

    /** A continuation of nothing, or something new inside a message. */
    private boolean isOutOfOrder(Frame frame) {
        if (frame.opcode() >= Frame.CLOSE) {
            return false;
        }
        boolean wrong = (frame.opcode() == 0) != split;
        split = !frame.isFinal();
        return wrong;
    }

    private void hello(Frame frame) {
        if (serverHello == null && "hello".equals(value(frame, "type"))) {
            if ("websocket".equals(value(frame, "transport"))) {
                serverHello = frame;
            } else if (unsupportedHello == null) {
                unsupportedHello = frame;
            }
        }
    }

    /** A text of the message's top level, or null. */
    private static @Nullable String value(Frame frame, String key) {
        try (JsonParser json = JSON.createParser(frame.text())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(key)) {
                    return value == JsonToken.VALUE_STRING ? json.getText() : null;
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException | StackOverflowError notJson) {
            return null;
        }
    }

    /** What the server's hello names as its transport; "nothing" where it names none. */
    public String transport(Frame hello) {
        return Objects.requireNonNullElse(value(hello, "transport"), "nothing");
    }

    public @Nullable Frame clientHello() {
        return clientHello;
    }

    public @Nullable Frame serverHello() {
        return serverHello;
    }

    /** A server hello whose transport is not websocket, or null. */
    public @Nullable Frame unsupportedHello() {
        return unsupportedHello;
    }

    public @Nullable Frame clientClose() {
        return clientClose;
    }

    public @Nullable Frame serverClose() {
        return serverClose;
    }

    public @Nullable Frame lastOfServer() {
        return lastOfServer;
    }

    /** Its last frame that was neither ping, pong nor close. */
    public @Nullable Frame lastMessage() {
        return lastMessage;
    }

    /** In hex, what had been sent of a message that was still open when that came. */
    public String openBeforeDefect() {
        return openBeforeDefect;
    }

    /** The first frame of the server that RFC 6455 forbids, or null. */
    public @Nullable Frame defect() {
        return defect;
    }

    /** The client's first ping since the last pong, where none came since; or null. */
    public @Nullable Frame unansweredPing() {
        return openPing == null ? null : firstOpenPing;
    }

    public long clientFrames() {
        return clientFrames;
    }

    public long serverFrames() {
        return serverFrames;
    }

    /** Where a frame of the server began that is not whole, or null. */
    public @Nullable Moment unfinishedAt() {
        return server.isInFrame() ? server.begunAt() : null;
    }

    /** The length that this frame gives itself; an unsigned number. */
    public long unfinishedBytes() {
        return server.length();
    }
}
