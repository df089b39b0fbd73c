package io.fieldloop.device.websocket;

import io.netty.buffer.ByteBuf;

/** Checks UTF-8 byte by byte (RFC 3629 section 4), so that a wrong byte is found when it arrives and not at the end of the message. */
final class Utf8Checker {

    private static final int CONTINUATION_MIN = 0x80;
    private static final int CONTINUATION_MAX = 0xBF;

    /** Continuation bytes that the character begun still lacks. */
    private int missing;

    private int nextMin = CONTINUATION_MIN;
    private int nextMax = CONTINUATION_MAX;

    /** Whether the bytes from one index to before another may go on what was seen so far; wrong once is wrong for good. */
    boolean accepts(ByteBuf bytes, int from, int to) {
        for (int index = from; index < to; index++) {
            if (!accepts(bytes.getUnsignedByte(index))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text may end here. */
    boolean isComplete() {
        return missing == 0;
    }

    private boolean accepts(int next) {
        if (missing == 0) {
            return begins(next);
        }
        boolean fits = next >= nextMin && next <= nextMax;
        missing--;
        nextMin = CONTINUATION_MIN;
        nextMax = CONTINUATION_MAX;
        return fits;
    }

    /** The second byte has narrower bounds where an overlong form, a surrogate or a number beyond U+10FFFF would be. */
    private boolean begins(int lead) {
        missing = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        nextMin = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : CONTINUATION_MIN;
        nextMax = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : CONTINUATION_MAX;
        return lead < 0x80 || (lead >= 0xC2 && lead <= 0xF4);
    }
}
