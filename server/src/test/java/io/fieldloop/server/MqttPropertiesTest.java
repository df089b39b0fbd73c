package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.mqtt.MqttConfig;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;

/** What an MQTT 5 publisher says beside the payload reaches its MQTT 5 subscribers (MQTT 5, 3.3.2.3). */
class MqttPropertiesTest {
    /** A user property a=b, then a=c: their order is the publisher's. */
    private static final String USER = "26000161000162" + "26000161000163";

    private static final List<String> ALL = List.of("0101", expiry(60), "030003742f78", "08000172", "09000200ff", USER);

    @Test
    void everyPropertyGoesOnToMqtt5AndNoneToMqtt311() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt five = subscriber(gateway, "five", 0);
            FrozenMqtt four = new FrozenMqtt(gateway).send(MqttBytes.connect("four"));
            four.send(MqttBytes.subscribe(1, 0, "t"));
            four.packets();
            client(gateway, "publisher").send(publish(0x30, String.join("", ALL), "on"));
            assertPassedAll(five.packets().get(0));
            assertThat(four.packets()).extracting(MqttBytes.Packet::payload).containsExactly("on");
        }
    }

    /** MQTT 5, 3.1.2.11.4; the size is that of the whole packet. */
    @Test
    void aMessageThatIsTooLargeForItsSubscriberIsNotSentToIt() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt large = subscriber(gateway, "large", 0);
            client(gateway, "publisher").send(publish(0x30, String.join("", ALL), "on"));
            int bytes = 2 + large.packets().get(0).octets().length();
            FrozenMqtt fits = limited(gateway, "fits", bytes);
            FrozenMqtt small = limited(gateway, "small", bytes - 1);
            client(gateway, "other").send(publish(0x30, String.join("", ALL), "on"));
            assertThat(fits.packets()).hasSize(1);
            assertThat(small.packets()).isEmpty();
            client(gateway, "third").send(publish(0x30, "", "on"));
            assertThat(small.packets()).hasSize(1);
        }
    }

    private static FrozenMqtt limited(FrozenGateway gateway, String id, int packetBytesMax) {
        String limit = "0527" + HexFormat.of().toHexDigits(packetBytesMax); // Maximum Packet Size
        FrozenMqtt client = new FrozenMqtt(gateway).send(connect("02", limit, id, ""));
        client.send(subscribe(0));
        client.packets();
        return client;
    }

    @Test
    void aKeptMessageIsHandedOutWithWhatIsLeftOfItsLifeAndThenNoMore() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            client(gateway, "publisher").send(publish(0x31, expiry(60) + USER, "on"));
            gateway.advance(Duration.ofMillis(40_900));
            assertThat(propertiesOf(heard(gateway, "in-time")))
                    .contains(expiry(20))
                    .contains(USER);
            gateway.advance(Duration.ofMillis(19_100));
            assertThat(subscribed(gateway, "late")).hasSize(1);
        }
    }

    @Test
    void aKeptMessageThatDoesNotExpireKeepsItsProperties() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            client(gateway, "publisher").send(publish(0x31, USER, "on"));
            gateway.advance(Duration.ofDays(30));
            assertThat(propertiesOf(heard(gateway, "late"))).isEqualTo(USER);
        }
    }

    @Test
    void theLongestLifeThereIsIsNotTakenForAnEndedOne() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            client(gateway, "publisher").send(publish(0x31, "02ffffffff", "on"));
            gateway.advance(Duration.ofSeconds(1));
            assertThat(propertiesOf(heard(gateway, "late"))).isEqualTo("02fffffffe");
        }
    }

    @Test
    void anExpiredMessageTakesNoPlaceAmongTheKept() {
        MqttConfig one = MqttConfig.builder().retainedMax(1).build();
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config.mqtt(one))) {
            byte[] other = MqttBytes.publish("other", "kept");
            other[0] |= 1;
            client(gateway, "publisher").send(publish(0x31, expiry(60), "on"));
            gateway.advance(Duration.ofSeconds(60));
            new FrozenMqtt(gateway).send(MqttBytes.connect("second")).send(other);
            FrozenMqtt late = new FrozenMqtt(gateway).send(MqttBytes.connect("late"));
            late.packets();
            late.send(MqttBytes.subscribe(1, 0, "#"));
            assertThat(late.packets().get(1).payload()).isEqualTo("kept");
        }
    }

    @Test
    void aMessageThatWaitsForASlowSubscriberAgesMeanwhile() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            // CONNECT with a Receive Maximum of 1
            FrozenMqtt slow = new FrozenMqtt(gateway).send(connect("02", "03210001", "slow", ""));
            slow.send(subscribe(1));
            slow.packets();
            FrozenMqtt publisher = client(gateway, "publisher");
            for (int seconds : new int[] {60, 10, 50}) {
                publisher.send(publish(0x32, expiry(seconds), "on"));
            }
            assertThat(slow.packets())
                    .extracting(MqttPropertiesTest::propertiesOf)
                    .containsExactly(expiry(60));
            gateway.advance(Duration.ofSeconds(10));
            slow.send(HexFormat.of().parseHex("40020001"));
            assertThat(slow.packets())
                    .extracting(MqttPropertiesTest::propertiesOf)
                    .containsExactly(expiry(40));
        }
    }

    @Test
    void aWillLivesFromWhenItIsSaidAndKeepsItsDelayToItself() {
        try (FrozenGateway gateway = FrozenMqtt.gateway(config -> config)) {
            FrozenMqtt watcher = subscriber(gateway, "watcher", 0);
            // a will delay of 5 s, which is not served
            String will = properties("1800000005" + String.join("", ALL)) + text("t") + text("on");
            FrozenMqtt gone = new FrozenMqtt(gateway).send(connect("06", "00", "gone", will));
            gateway.advance(Duration.ofSeconds(30));
            gone.client().leave();
            assertPassedAll(watcher.packets().get(0));
        }
    }

    @Test
    void pahosAnswerFindsItsRequest() throws Exception {
        try (RunningGateway running = RunningGateway.with(
                config -> config.listener(new ListenerConfig.Mqtt("mqtt", RunningGateway.anyLoopbackPort(), null)))) {
            BlockingQueue<MqttMessage> asked = new LinkedBlockingQueue<>();
            BlockingQueue<MqttMessage> answered = new LinkedBlockingQueue<>();
            MqttClient responder = paho(running, "responder", asked);
            MqttClient requester = paho(running, "requester", answered);
            responder.subscribe("requests", 1);
            requester.subscribe("answers/7", 1);
            MqttProperties request = new MqttProperties();
            request.setResponseTopic("answers/7");
            request.setCorrelationData(new byte[] {0, -1, 7});
            request.setUserProperties(List.of(new UserProperty("trace", "äö"), new UserProperty("trace", "2")));
            requester.publish("requests", message("how?", request));
            MqttProperties heard = asked.poll(5, TimeUnit.SECONDS).getProperties();
            assertThat(heard.getUserProperties()).isEqualTo(request.getUserProperties());
            MqttProperties answer = new MqttProperties();
            answer.setCorrelationData(heard.getCorrelationData());
            responder.publish(heard.getResponseTopic(), message("so", answer));
            MqttMessage back = answered.poll(5, TimeUnit.SECONDS);
            assertThat(back).hasToString("so");
            assertThat(back.getProperties().getCorrelationData()).containsExactly(0, -1, 7);
            for (MqttClient client : List.of(responder, requester)) {
                client.disconnect();
                client.close();
            }
        }
    }

    private static MqttMessage message(String text, MqttProperties properties) {
        return new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, false, properties);
    }

    private static MqttClient paho(RunningGateway running, String id, BlockingQueue<MqttMessage> heard)
            throws Exception {
        int port = ((InetSocketAddress) running.gateway().address("mqtt")).getPort();
        MqttClient client = new MqttClient("tcp://localhost:" + port, id, new MemoryPersistence());
        client.setCallback(new PahoCallback(new LinkedBlockingQueue<>(), heard));
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setConnectionTimeout(5);
        client.connect(options);
        return client;
    }

    /** Which order the kinds have is the sender's choice. */
    private static void assertPassedAll(MqttBytes.Packet packet) {
        assertThat(propertiesOf(packet)).contains(ALL).hasSameSizeAs(String.join("", ALL));
    }

    /** The properties of a PUBLISH of "on" to "t" as hex, without their length. */
    private static String propertiesOf(MqttBytes.Packet publish) {
        String octets = publish.octets();
        assertThat(octets).endsWith("on");
        int at = (publish.first() & 6) == 0 ? 3 : 5;
        assertThat((int) octets.charAt(at)).isEqualTo(octets.length() - at - 3);
        return HexFormat.of()
                .formatHex(octets.substring(at + 1, octets.length() - 2).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static MqttBytes.Packet heard(FrozenGateway gateway, String id) {
        return subscribed(gateway, id).get(1);
    }

    /** What a new subscriber is told: the SUBACK, and what was kept. */
    private static List<MqttBytes.Packet> subscribed(FrozenGateway gateway, String id) {
        return client(gateway, id).send(subscribe(0)).packets();
    }

    private static FrozenMqtt subscriber(FrozenGateway gateway, String id, int qos) {
        FrozenMqtt client = client(gateway, id).send(subscribe(qos));
        client.packets();
        return client;
    }

    private static FrozenMqtt client(FrozenGateway gateway, String id) {
        FrozenMqtt client = new FrozenMqtt(gateway).send(connect("02", "00", id, ""));
        client.packets();
        return client;
    }

    /** CONNECT of level 5 without keep-alive. */
    private static byte[] connect(String flags, String properties, String id, String will) {
        return packet(0x10, "00044d51545405" + flags + "0000" + properties + text(id) + will);
    }

    private static byte[] subscribe(int qos) {
        return packet(0x82, "000100" + text("t") + "0" + qos);
    }

    private static byte[] publish(int first, String properties, String payload) {
        String id = (first & 6) == 0 ? "" : "0001";
        return packet(
                first,
                text("t")
                        + id
                        + properties(properties)
                        + HexFormat.of().formatHex(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static String properties(String properties) {
        return HexFormat.of().toHexDigits((byte) (properties.length() / 2)) + properties;
    }

    private static String expiry(int seconds) {
        return "02" + HexFormat.of().toHexDigits(seconds);
    }

    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
    }

    private static byte[] packet(int first, String body) {
        return MqttBytes.packet(first, HexFormat.of().parseHex(body));
    }
}
