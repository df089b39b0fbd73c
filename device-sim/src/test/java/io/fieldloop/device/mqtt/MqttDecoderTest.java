package io.fieldloop.device.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the device reads of a broker; limits as in espressif/esp-mqtt, mqtt_client.c. */
class MqttDecoderTest {

    private static List<String> read(String... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder());
        for (String piece : pieces) {
            channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(piece)));
        }
        List<String> packets = new ArrayList<>();
        for (Object packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
            packets.add(packet instanceof MqttPacket.Publish publish ? text(publish) : packet.toString());
        }
        channel.finishAndReleaseAll();
        return packets;
    }

    private static String text(MqttPacket.Publish publish) {
        String text = publish.payload().toString(UTF_8) + " qos " + publish.qos() + " id " + publish.packetId();
        publish.payload().release();
        return text;
    }

    @Test
    void readsAnswersHoweverTheyAreCut() {
        assertThat(read("20020100", "d000"))
                .containsExactly("Connack[sessionPresent=true, returnCode=0]", "Pingresp[]");
        assertThat(read("20", "02", "00", "05d0", "00"))
                .containsExactly("Connack[sessionPresent=false, returnCode=5]", "Pingresp[]");
    }

    @Test
    void readsPublishesOfEitherQos() {
        assertThat(read("3005000174" + "6869")).containsExactly("hi qos 0 id 0");
        assertThat(read("3207000174" + "0102" + "6869")).containsExactly("hi qos 1 id 258");
    }

    @Test
    void aPublishMayBeLongerThanTheBufferAndNothingElse() {
        assertThat(read("30" + "d30f" + "000174" + "61".repeat(2000)))
                .singleElement()
                .asString()
                .startsWith("aaa");
        assertThat(read("90" + "d30f" + "00".repeat(2003)))
                .containsExactly("Malformed[line=mqtt_message_receive: message is too big, insufficient buffer size]");
    }

    @Test
    void endsAtWhatIsNoMqtt() {
        assertThat(read("485454502f", "20020000"))
                .containsExactly(
                        "Malformed[line=mqtt_message_receive: received a message with an invalid header=0x48]");
        assertThat(read("30ffffffff01"))
                .containsExactly("Malformed[line=mqtt_message_receive: message is too big, insufficient buffer size]");
        assertThat(read("3003000574"))
                .containsExactly("Malformed[line=deliver_publish: mqtt_get_publish_topic() failed]");
        assertThat(read("0000")).singleElement().asString().contains("invalid header=0x0");
    }
}
