package io.fieldloop.device.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;

/** Writes a client's frames: masked, never fragmented, at most 65535 bytes of payload (protocol reference 1.7). */
public final class FrameWriter {

    /** What the firmware refuses to send more than. */
    public static final int PAYLOAD_BYTES_MAX = 65_535;

    /** What a control frame may carry; a longer ping stays unanswered. */
    public static final int CONTROL_BYTES_MAX = 125;

    private static final int HEADER_BYTES_MAX = 8;

    private final ByteBufAllocator allocator;
    private final SecureRandom random;

    public FrameWriter(ByteBufAllocator allocator, SecureRandom random) {
        this.allocator = allocator;
        this.random = random;
    }

    /** A text frame. */
    public ByteBuf text(String text) {
        ByteBuf frame = header(Opcode.TEXT, ByteBufUtil.utf8Bytes(text));
        int mask = appendMask(frame);
        int start = frame.writerIndex();
        ByteBufUtil.writeUtf8(frame, text);
        Masking.apply(frame.slice(start, frame.writerIndex() - start), mask);
        return frame;
    }

    /** A binary frame; releases the payload. */
    public ByteBuf binary(ByteBuf payload) {
        return masked(Opcode.BINARY, payload);
    }

    /** A ping without a payload. */
    public ByteBuf ping() {
        return masked(Opcode.PING, Unpooled.EMPTY_BUFFER);
    }

    /** The answer to a ping, with the same payload; releases the payload. */
    public ByteBuf pong(ByteBuf payload) {
        return masked(Opcode.PONG, payload);
    }

    /** A ping; releases the payload. */
    public ByteBuf ping(ByteBuf payload) {
        return masked(Opcode.PING, payload);
    }

    /** A close frame with a code and no reason. */
    public ByteBuf close(int code) {
        return masked(Opcode.CLOSE, Unpooled.copyShort(code));
    }

    /** A close frame without a body. */
    public ByteBuf close() {
        return masked(Opcode.CLOSE, Unpooled.EMPTY_BUFFER);
    }

    private ByteBuf masked(int opcode, ByteBuf payload) {
        ByteBuf frame = header(opcode, payload.readableBytes());
        int mask = appendMask(frame);
        int start = frame.writerIndex();
        frame.writeBytes(payload);
        payload.release();
        Masking.apply(frame.slice(start, frame.writerIndex() - start), mask);
        return frame;
    }

    private ByteBuf header(int opcode, int length) {
        ByteBuf frame = allocator.buffer(HEADER_BYTES_MAX + length);
        frame.writeByte(0x80 | opcode);
        if (length < 126) {
            frame.writeByte(0x80 | length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(length);
        }
        return frame;
    }

    private int appendMask(ByteBuf frame) {
        int mask = random.nextInt();
        frame.writeInt(mask);
        return mask;
    }
}
