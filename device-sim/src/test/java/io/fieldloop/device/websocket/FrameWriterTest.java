package io.fieldloop.device.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.Serial;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

    /** Gives the masking key of the RFC's example. */
    private static final class FixedRandom extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public int nextInt() {
            return 0x37fa213d;
        }
    }

    private final FrameWriter frames = new FrameWriter(UnpooledByteBufAllocator.DEFAULT, new FixedRandom());

    private static String hex(ByteBuf frame) {
        String hex = ByteBufUtil.hexDump(frame);
        frame.release();
        return hex;
    }

    @Test
    void masksAsTheExampleOfRfc6455() {
        assertThat(hex(frames.text("Hello"))).isEqualTo("818537fa213d7f9f4d5158");
        assertThat(hex(frames.pong(Unpooled.copiedBuffer("Hello", UTF_8)))).isEqualTo("8a8537fa213d7f9f4d5158");
    }

    @Test
    void usesASixteenBitLengthFrom126BytesOn() {
        assertThat(hex(frames.binary(Unpooled.wrappedBuffer(new byte[125])))).startsWith("82fd37fa213d");
        assertThat(hex(frames.binary(Unpooled.wrappedBuffer(new byte[126])))).startsWith("82fe007e37fa213d");
        assertThat(hex(frames.binary(Unpooled.wrappedBuffer(new byte[65535])))).startsWith("82feffff37fa213d");
    }

    @Test
    void countsTheBytesOfATextNotItsCharacters() {
        assertThat(hex(frames.text("\u8ba4"))).isEqualTo("8183" + "37fa213d" + "df5485");
    }
}
