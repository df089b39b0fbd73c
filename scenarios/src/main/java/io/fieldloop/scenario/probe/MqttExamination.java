package io.fieldloop.scenario.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fieldloop.scenario.probe.finding.MqttFinding;
import io.fieldloop.scenario.probe.wire.Connection;
import io.fieldloop.scenario.probe.wire.Connector;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Connects to the broker a device was told of, says hello, and looks at the place for voice that comes back. */
final class MqttExamination {
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final int VOICE_WAIT_MILLIS = 1500;
    private static final int KEEP_ALIVE_SECONDS = 240;
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH = 0x30;
    private static final int USERNAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int CLEAN_SESSION = 0x02;
    private static final int BYTES_MAX = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HELLO = "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\",\"audio_params\":"
            + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";

    private final Connector connector;
    private final String endpoint;
    private final JsonNode settings;
    private byte[] received = new byte[0];
    private boolean ended;

    /** @param settings the section {@code mqtt} of the OTA answer */
    MqttExamination(Connector connector, String endpoint, JsonNode settings) {
        this.connector = connector;
        this.endpoint = endpoint;
        this.settings = settings;
    }

    MqttFinding examine() {
        try (Connection connection = connector.open(PATIENCE)) {
            try {
                return examine(connection);
            } catch (IOException e) {
                return MqttFinding.refused(endpoint, connection.fate(e));
            }
        } catch (IOException e) {
            return MqttFinding.refused(endpoint, "no connection: " + Connector.inWords(e));
        }
    }

    private MqttFinding examine(Connection connection) throws IOException {
        connection.send(connect());
        byte[] connack = packet(connection);
        if (connack.length < 4 || (connack[0] & 0xF0) != CONNACK) {
            return MqttFinding.refused(
                    endpoint,
                    connack.length == 0 ? "it closed the connection" : "it answered something that is no CONNACK");
        }
        if (connack[3] != 0) {
            return MqttFinding.refused(endpoint, "CONNACK with return code " + connack[3]);
        }
        String topic = settings.path("publish_topic").asText();
        if (topic.isEmpty()) {
            return MqttFinding.mute(endpoint, "CONNACK 0; without publish_topic a device says no hello");
        }
        JsonNode hello = answerTo(publish(topic), connection);
        if (hello == null) {
            return MqttFinding.refused(
                    endpoint,
                    "CONNACK 0, then it ended the connection, as xiaozhi-mqtt-gateway does with a password that it does not take");
        }
        JsonNode udp = hello.path("udp");
        if (!udp.isObject()) {
            return MqttFinding.mute(endpoint, "CONNACK 0; no hello with udp came back");
        }
        String place = udp.path("server").asText() + ":" + udp.path("port").asInt();
        String dead = deadVoice(udp);
        return new MqttFinding(
                endpoint,
                true,
                dead == null,
                "CONNACK 0, and a hello came back",
                place,
                dead == null
                        ? "nothing says that nobody is there; whether voice arrives cannot be known from outside"
                        : dead);
    }

    /** Why no voice can arrive there, or null. Silence says nothing: a gateway answers no stranger, and a port that drops looks the same. */
    private static @Nullable String deadVoice(JsonNode udp) {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress address = InetAddress.getByName(udp.path("server").asText());
            socket.connect(new InetSocketAddress(address, udp.path("port").asInt()));
            socket.setSoTimeout(VOICE_WAIT_MILLIS);
            byte[] header = HexFormat.of().parseHex(udp.path("nonce").asText());
            socket.send(new DatagramPacket(header, header.length));
            socket.receive(new DatagramPacket(new byte[BYTES_MAX], BYTES_MAX));
            return null;
        } catch (SocketTimeoutException silence) {
            return null;
        } catch (PortUnreachableException closed) {
            return "closed: that machine says that nobody listens";
        } catch (IOException | IllegalArgumentException e) {
            return "cannot be reached: " + e.getMessage();
        }
    }

    /** Empty where it does not come in time, null where the broker ends the connection. */
    private @Nullable JsonNode answerTo(byte[] hello, Connection connection) {
        try {
            connection.send(hello);
            JsonNode answer = helloOf(connection);
            return ended ? null : answer;
        } catch (IOException broken) {
            return null;
        }
    }

    private JsonNode helloOf(Connection connection) throws IOException {
        for (byte[] packet = packet(connection); packet.length > 0; packet = packet(connection)) {
            String text = new String(packet, StandardCharsets.UTF_8);
            int begin = text.indexOf('{');
            JsonNode message = (packet[0] & 0xF0) == PUBLISH && begin >= 0 ? parse(text.substring(begin)) : null;
            if (message != null && message.path("type").asText().equals("hello")) {
                return message;
            }
        }
        return JSON.createObjectNode();
    }

    private static @Nullable JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The next packet; empty where the connection ends or its limit is over. */
    private byte[] packet(Connection connection) throws IOException {
        while (received.length < BYTES_MAX) {
            int length = packetLength();
            if (length > 0 && received.length >= length) {
                byte[] packet = Arrays.copyOf(received, length);
                received = Arrays.copyOfRange(received, length, received.length);
                return packet;
            }
            byte[] more;
            try {
                more = connection.receive();
            } catch (IOException e) {
                if (connection.limit().isOver()) {
                    return new byte[0];
                }
                throw e;
            }
            if (more.length == 0) {
                ended = true;
                return more;
            }
            int before = received.length;
            received = Arrays.copyOf(received, before + more.length);
            System.arraycopy(more, 0, received, before, more.length);
        }
        return new byte[0];
    }

    /** 0 while it cannot be told. */
    private int packetLength() {
        int length = 0;
        for (int at = 1; at < received.length && at <= 4; at++) {
            length |= (received[at] & 0x7F) << (7 * (at - 1));
            if ((received[at] & 0x80) == 0) {
                return at + 1 + length;
            }
        }
        return 0;
    }

    private byte[] connect() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.writeByte(4);
        String username = settings.path("username").asText();
        String password = settings.path("password").asText();
        boolean named = !username.isEmpty() || !password.isEmpty();
        out.writeByte(CLEAN_SESSION | (named ? USERNAME : 0) | (password.isEmpty() ? 0 : PASSWORD));
        out.writeShort(KEEP_ALIVE_SECONDS);
        out.writeUTF(settings.path("client_id").asText());
        if (named) {
            out.writeUTF(username);
        }
        if (!password.isEmpty()) {
            out.writeUTF(password);
        }
        return framed(CONNECT, body.toByteArray());
    }

    private static byte[] publish(String topic) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF(topic);
        out.write(HELLO.getBytes(StandardCharsets.UTF_8));
        return framed(PUBLISH, body.toByteArray());
    }

    private static byte[] framed(int type, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int left = body.length;
        do {
            packet.write((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
            left >>= 7;
        } while (left > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }
}
