package io.fieldloop.scenario.probe.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * One WebSocket frame as it crossed the wire, unmasked; fragments are not joined.
 *
 * @param reserved RSV1 to RSV3 where they stand in the first byte
 */
public record Frame(boolean fin, int reserved, boolean masked, int opcode, ByteBuf payload) {
    public static final int TEXT = 1;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    private static final int CONTROL = 8;
    private static final int CONTROL_BYTES_MAX = 125;

    public boolean isControl() {
        return opcode >= CONTROL;
    }

    /** Longer than RFC 6455 section 5.5 lets a control frame be. */
    public boolean isTooLong() {
        return isControl() && payload.readableBytes() > CONTROL_BYTES_MAX;
    }

    public String text() {
        return payload.toString(StandardCharsets.UTF_8);
    }

    /** What a pong has to bring back. */
    public ByteBuf echo() {
        return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(payload));
    }

    /** The code of a close frame; 1005 where it has none (RFC 6455 section 7.1.5). */
    public int closeCode() {
        return payload.readableBytes() < 2 ? 1005 : payload.getUnsignedShort(payload.readerIndex());
    }
}
