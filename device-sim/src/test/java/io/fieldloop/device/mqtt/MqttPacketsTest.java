package io.fieldloop.device.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.HexFormat;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttConnect;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.junit.jupiter.api.Test;

/** What the device writes, byte for byte; Paho is asked where it writes the same. */
class MqttPacketsTest {

    private static final UnpooledByteBufAllocator ALLOC = UnpooledByteBufAllocator.DEFAULT;

    @Test
    void connectsWithACleanSessionAndKeepAlive() {
        assertThat(hex(MqttPackets.connect(ALLOC, MqttSettings.of("gateway.test", "ab"))))
                .isEqualTo("10" + "0e" // CONNECT, remaining length
                        + "0004" + "4d515454" // protocol name
                        + "04" + "02" // level 3.1.1, clean session
                        + "00f0" // keep-alive
                        + "0002" + "6162"); // client id
    }

    @Test
    void aPasswordWithoutAUserNameGetsAnEmptyOne() {
        MqttSettings settings = new MqttSettings("gateway.test", "a", "", "p", 60, "t", MqttSession.NONE);
        assertThat(hex(MqttPackets.connect(ALLOC, settings)))
                .isEqualTo("10" + "12" + "00044d515454" + "04" + "c2" + "003c" + "000161" + "0000" + "000170");
    }

    @Test
    void credentialsStandAsPahoWritesThem() throws MqttException {
        MqttSettings settings =
                new MqttSettings("h", "GID_x@@@aa@@@bb", "eyJpcCI6IjEifQ==", "cGFzcw==", 240, "t", MqttSession.NONE);
        MqttConnect paho = new MqttConnect(
                settings.clientId(),
                4,
                true,
                240,
                settings.username(),
                settings.password().toCharArray(),
                null,
                null);
        assertThat(hex(MqttPackets.connect(ALLOC, settings))).isEqualTo(hex(paho));
    }

    @Test
    void publishesAsPahoDoesAlsoBeyond127Bytes() throws MqttException {
        String text = "{\"a\":\"ä\"}".repeat(40);
        MqttMessage message = new MqttMessage(text.getBytes(UTF_8));
        message.setQos(0);
        assertThat(hex(MqttPackets.publish(
                        ALLOC, new io.fieldloop.device.mqtt.MqttMessage("device-server", text, 0, false), 0)))
                .isEqualTo(hex(new MqttPublish("device-server", message)));
    }

    @Test
    void theShortOnes() {
        assertThat(hex(MqttPackets.pingreq(ALLOC))).isEqualTo("c000");
        assertThat(hex(MqttPackets.disconnect(ALLOC))).isEqualTo("e000");
        assertThat(hex(MqttPackets.puback(ALLOC, 0x1234))).isEqualTo("40021234");
    }

    private static String hex(ByteBuf packet) {
        String hex = ByteBufUtil.hexDump(packet);
        packet.release();
        return hex;
    }

    private static String hex(MqttWireMessage paho) throws MqttException {
        return HexFormat.of().formatHex(paho.getHeader()) + HexFormat.of().formatHex(paho.getPayload());
    }
}
