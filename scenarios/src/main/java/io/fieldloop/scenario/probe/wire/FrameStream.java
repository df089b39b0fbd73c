package io.fieldloop.scenario.probe.wire;

import io.fieldloop.device.websocket.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Reads a server's WebSocket frames off a connection, with the reader that the simulated devices have. */
public final class FrameStream {
    private static final int BYTES_MAX = 1 << 20;

    private final Connection connection;
    private final FrameReader reader = new FrameReader();
    private final ByteBuf seen;

    /** Begins with {@code seen}, bytes that came in one piece with what was before the frames. */
    public FrameStream(Connection connection, byte[] seen) {
        this.connection = connection;
        this.seen = Unpooled.buffer().writeBytes(seen);
    }

    /** The next frame, or null at the end of the connection. */
    @Nullable
    public Frame next() throws IOException {
        for (Frame frame = read(); ; frame = read()) {
            if (frame != null) {
                return frame;
            }
            byte[] piece = connection.receive();
            if (piece.length == 0) {
                return null;
            }
            seen.discardReadBytes().writeBytes(piece);
        }
    }

    private @Nullable Frame read() throws IOException {
        if (!reader.isHeaderRead() && !reader.readHeader(seen)) {
            return null;
        }
        if (Long.compareUnsigned(reader.length(), BYTES_MAX) > 0) {
            throw new ProtocolException("a frame of " + Long.toUnsignedString(reader.length()) + " bytes");
        }
        ByteBuf payload = reader.readPayload(seen);
        if (payload == null) {
            return null;
        }
        ByteBuf kept = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(payload));
        payload.release();
        return new Frame(reader.fin(), reader.reservedBits(), reader.masked(), reader.opcode(), kept);
    }
}
