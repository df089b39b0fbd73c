package io.fieldloop.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The header between xiaozhi-mqtt-gateway and its chat server, byte for byte. */
class AudioFramingTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void writesTheHeaderForXiaozhiMqttGatewayG1() {
        ByteBuf message = AudioFraming.MQTT_GATEWAY.encode(
                ByteBufAllocator.DEFAULT, HEX.parseHex("f8fffe"), 7, 1_767_225_600_123L);
        // type 1, 0, size 0003, sequence 7, milliseconds modulo 2^32, size 3, audio
        assertThat(ByteBufUtil.hexDump(message)).isEqualTo("010000030000000776daa87b00000003f8fffe");
        message.release();
    }

    @Test
    void takesWhatXiaozhiMqttGatewayWritesG2() {
        // nothing, timestamp 0, size 3, audio
        ByteBuf message = Unpooled.wrappedBuffer(HEX.parseHex("00000000000000000000000000000003f8fffe"));
        assertThat(AudioFraming.MQTT_GATEWAY.error(message)).isEmpty();
        assertThat(AudioFraming.MQTT_GATEWAY.payloadBytes(message)).isEqualTo(3);
        assertThat(AudioFraming.MQTT_GATEWAY.error(message.slice(0, 18)))
                .contains(io.fieldloop.server.event.GatewayEvent.ProtocolError.Reason.AUDIO_SIZE_WRONG);
    }
}
