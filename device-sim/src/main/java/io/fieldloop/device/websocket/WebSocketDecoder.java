package io.fieldloop.device.websocket;

import io.fieldloop.device.profile.FrameRules;
import io.fieldloop.device.profile.ResponseRules;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the server's bytes into {@link WebSocketMessage}s: first the answer to the upgrade request, then frames.
 *
 * <p>Like the firmware it unmasks masked frames, joins fragments, and checks neither RSV bits nor UTF-8; a strict client's checks are
 * those of {@link StrictFrames}.
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
    private static final int MESSAGE_TOO_BIG = 1009;

    private final UpgradeResponseReader response;
    private final FrameRules rules;
    private final FrameReader frames = new FrameReader();
    private Stage stage = Stage.RESPONSE;
    private final StrictFrames strict = new StrictFrames();
    private @Nullable ByteBuf fragments;
    private boolean fragmented;
    private boolean binary;

    public WebSocketDecoder(ResponseRules responseRules, FrameRules frameRules, String key) {
        this.response = new UpgradeResponseReader(responseRules, key);
        this.rules = frameRules;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (stage) {
            case RESPONSE -> decodeResponse(in, out);
            case FRAMES -> decodeFrame(ctx, in, out);
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

    private void decodeFrame(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        boolean begun = frames.isHeaderRead();
        if (!begun && !frames.readHeader(in)) {
            return;
        }
        WebSocketMessage.Broken broken = rules.strict() && !begun ? strict.judgeHeader(frames) : null;
        if (broken == null && Long.compareUnsigned(frames.length(), rules.messageBytesMax()) > 0) {
            // The firmware would try to allocate it and abort; protocol reference 1.7.
            broken = tooLarge("Frame of " + Long.toUnsignedString(frames.length()) + " bytes does not fit");
        }
        if (broken == null && rules.strict()) {
            broken = strict.judgePayload(frames, in);
        }
        if (broken != null) {
            giveUp(broken, out);
            return;
        }
        ByteBuf payload = frames.readPayload(in);
        if (payload != null) {
            deliver(ctx, payload, out);
        }
    }

    private void deliver(ChannelHandlerContext ctx, ByteBuf payload, List<Object> out) {
        switch (frames.opcode()) {
            case Opcode.CONTINUATION, Opcode.TEXT, Opcode.BINARY -> deliverData(ctx, payload, out);
            case Opcode.CLOSE -> deliverClose(payload, out);
            case Opcode.PING -> out.add(new WebSocketMessage.Ping(payload));
            case Opcode.PONG -> {
                payload.release();
                out.add(new WebSocketMessage.Pong());
            }
            default -> {
                payload.release();
                out.add(new WebSocketMessage.Skipped("Unknown opcode: " + frames.opcode()));
            }
        }
    }

    private void deliverClose(ByteBuf payload, List<Object> out) {
        WebSocketMessage.Broken broken = rules.strict() ? StrictFrames.judgeClose(payload) : null;
        int code = payload.readableBytes() >= 2 ? payload.readUnsignedShort() : NO_STATUS;
        payload.release();
        if (broken != null) {
            giveUp(broken, out);
            return;
        }
        if (rules.closeAnswer() != FrameRules.CloseAnswer.NONE) {
            stage = Stage.DEAD;
        }
        out.add(new WebSocketMessage.Close(code));
    }

    /** A continuation of nothing joins the message before as far as the firmware's buffer goes: it is lost at the next first frame. */
    private void deliverData(ChannelHandlerContext ctx, ByteBuf payload, List<Object> out) {
        boolean first = frames.opcode() != Opcode.CONTINUATION;
        if (first && fragmented) {
            payload.release();
            out.add(new WebSocketMessage.Skipped("Received new message frame while still fragmenting"));
            return;
        }
        if (first) {
            releaseFragments();
            fragmented = !frames.fin();
            binary = frames.opcode() == Opcode.BINARY;
        }
        int before = fragments == null ? 0 : fragments.readableBytes();
        if (before + payload.readableBytes() > rules.messageBytesMax()) {
            payload.release();
            giveUp(tooLarge("Message does not fit"), out);
        } else if (frames.fin()) {
            ByteBuf message = fragments == null ? payload : join(ctx, payload);
            fragments = null;
            fragmented = false;
            deliverMessage(message, out);
        } else {
            fragments = join(ctx, payload);
        }
    }

    /** One buffer for all fragments, as the firmware's {@code current_message_}: its size is that of the bytes, not of their number. */
    private ByteBuf join(ChannelHandlerContext ctx, ByteBuf payload) {
        ByteBuf joined = fragments == null ? ctx.alloc().buffer(payload.readableBytes()) : fragments;
        joined.writeBytes(payload);
        payload.release();
        return joined;
    }

    private void deliverMessage(ByteBuf message, List<Object> out) {
        if (binary) {
            out.add(new WebSocketMessage.Binary(message));
        } else {
            out.add(new WebSocketMessage.Text(message.toString(StandardCharsets.UTF_8)));
            message.release();
        }
    }

    private static WebSocketMessage.Broken tooLarge(String text) {
        return new WebSocketMessage.Broken(text, MESSAGE_TOO_BIG);
    }

    private void giveUp(WebSocketMessage.Broken broken, List<Object> out) {
        stage = Stage.DEAD;
        releaseFragments();
        out.add(broken);
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
