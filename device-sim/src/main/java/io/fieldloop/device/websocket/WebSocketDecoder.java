package io.fieldloop.device.websocket;

import io.fieldloop.device.profile.FrameRules;
import io.fieldloop.device.profile.ResponseRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the server's bytes into {@link WebSocketMessage}s: first the answer to the upgrade request, then frames.
 *
 * <p>Like the firmware it unmasks masked frames, joins fragments whatever their order, and checks neither RSV bits nor UTF-8; what a
 * strict client refuses is asked of the {@link FrameRules}.
 */
public final class WebSocketDecoder extends ByteToMessageDecoder {

    private enum Stage {
        /** The answer to the upgrade request is incomplete. */
        RESPONSE,
        /** The upgrade was accepted. */
        FRAMES,
        /** The upgrade was refused or the stream is unusable: the rest is dropped. */
        DEAD
    }

    private static final int NO_STATUS = 1005;

    private final UpgradeResponseReader response;
    private final FrameRules rules;
    private final FrameReader frames = new FrameReader();
    private Stage stage = Stage.RESPONSE;
    private @Nullable ByteBuf fragments;
    private boolean binary;

    public WebSocketDecoder(ResponseRules responseRules, FrameRules frameRules, String key) {
        this.response = new UpgradeResponseReader(responseRules, key);
        this.rules = frameRules;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (stage) {
            case RESPONSE -> decodeResponse(in, out);
            case FRAMES -> decodeFrame(in, out);
            case DEAD -> in.skipBytes(in.readableBytes());
        }
    }

    private void decodeResponse(ByteBuf in, List<Object> out) {
        UpgradeVerdict verdict = response.read(in);
        if (verdict != null) {
            stage = verdict.failure() == null ? Stage.FRAMES : Stage.DEAD;
            out.add(new WebSocketMessage.Answered(verdict));
        }
    }

    private void decodeFrame(ByteBuf in, List<Object> out) {
        if (!frames.readHeader(in)) {
            return;
        }
        if (Long.compareUnsigned(frames.length(), rules.messageBytesMax()) > 0) {
            // The firmware would try to allocate it and abort; protocol reference 1.7.
            giveUp("Frame of " + Long.toUnsignedString(frames.length()) + " bytes does not fit", out);
        } else if (frames.masked() && !rules.acceptsMaskedFrames()) {
            giveUp("Masked frame from the server", out);
        } else {
            ByteBuf payload = frames.readPayload(in);
            if (payload != null) {
                deliver(payload, out);
            }
        }
    }

    private void deliver(ByteBuf payload, List<Object> out) {
        switch (frames.opcode()) {
            case Opcode.CONTINUATION, Opcode.TEXT, Opcode.BINARY -> deliverData(payload, out);
            case Opcode.CLOSE -> {
                int code = payload.readableBytes() >= 2 ? payload.readUnsignedShort() : NO_STATUS;
                payload.release();
                out.add(new WebSocketMessage.Close(code));
            }
            case Opcode.PING -> out.add(new WebSocketMessage.Ping(payload));
            case Opcode.PONG -> payload.release();
            default -> {
                payload.release();
                String text = "Unknown opcode: " + frames.opcode();
                if (rules.skipsUnknownOpcodes()) {
                    out.add(new WebSocketMessage.Skipped(text));
                } else {
                    giveUp(text + ", connection given up", out);
                }
            }
        }
    }

    private void deliverData(ByteBuf payload, List<Object> out) {
        boolean first = frames.opcode() != Opcode.CONTINUATION;
        if (first && fragments != null) {
            payload.release();
            out.add(new WebSocketMessage.Skipped("Received new message frame while still fragmenting"));
            return;
        }
        if (first) {
            binary = frames.opcode() == Opcode.BINARY;
        }
        if (fragments != null && fragments.readableBytes() + payload.readableBytes() > rules.messageBytesMax()) {
            payload.release();
            giveUp("Message does not fit", out);
        } else if (!frames.fin()) {
            fragments = joined(payload);
        } else {
            ByteBuf message = joined(payload);
            fragments = null;
            deliverMessage(message, out);
        }
    }

    private ByteBuf joined(ByteBuf payload) {
        ByteBuf before = fragments;
        return before == null ? payload : Unpooled.wrappedBuffer(before, payload);
    }

    private void deliverMessage(ByteBuf message, List<Object> out) {
        if (binary) {
            out.add(new WebSocketMessage.Binary(message));
        } else {
            out.add(new WebSocketMessage.Text(message.toString(StandardCharsets.UTF_8)));
            message.release();
        }
    }

    private void giveUp(String text, List<Object> out) {
        stage = Stage.DEAD;
        releaseFragments();
        out.add(new WebSocketMessage.Broken(text));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        releaseFragments();
    }

    private void releaseFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }
}
