package io.fieldloop.device.websocket;

import io.netty.buffer.ByteBuf;

/** The masking of RFC 6455 section 5.3, in place. */
final class Masking {

    private Masking() {}

    static void apply(ByteBuf payload, int mask) {
        int start = payload.readerIndex();
        int end = payload.writerIndex();
        int index = start;
        for (; index + 4 <= end; index += 4) {
            payload.setInt(index, payload.getInt(index) ^ mask);
        }
        for (; index < end; index++) {
            payload.setByte(index, payload.getByte(index) ^ (mask >>> (24 - 8 * ((index - start) % 4))));
        }
    }
}
