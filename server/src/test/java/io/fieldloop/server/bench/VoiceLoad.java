package io.fieldloop.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.server.MqttBytes;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HexFormat;

/** One device that sends voice packets and waits for as many, a window at a time; what is in them is of no interest. */
final class VoiceLoad {
    private static final int WINDOW = 64;
    private static final int AUDIO_BYTES = 104;
    private static final int HEADER_BYTES = 16;

    private final DatagramChannel socket;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + AUDIO_BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(2048);
    private int sequence;

    private VoiceLoad(int port, String nonce) throws Exception {
        socket = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20)
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        packet.put(HexFormat.of().parseHex(nonce)).putShort(2, (short) AUDIO_BYTES);
    }

    /** Says hello and speaks on the flow it is given; the connection stays open for that. */
    static VoiceLoad ofGateway(int mqttPort) throws Exception {
        Socket device = new Socket(InetAddress.getLoopbackAddress(), mqttPort);
        device.getOutputStream().write(MqttBytes.connect(4, "GID_v@@@02_00_00_00_00_99@@@v", null, null, 0));
        device.getOutputStream()
                .write(MqttBytes.publish("device-server", "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"));
        InputStream in = device.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\"}}") < 0) {
            read.append((char) in.read());
        }
        JsonNode udp =
                new ObjectMapper().readTree(read.substring(read.indexOf("{"))).path("udp");
        return new VoiceLoad(udp.path("port").asInt(), udp.path("nonce").asText());
    }

    static VoiceLoad ofPeer(int udpPort) throws Exception {
        return new VoiceLoad(udpPort, "01000000deadbeef0000000000000000");
    }

    void relay(int count) throws Exception {
        for (int done = 0; done < count; done += WINDOW) {
            for (int i = 0; i < WINDOW; i++) {
                packet.clear();
                packet.putInt(12, ++sequence);
                socket.write(packet);
            }
            for (int i = 0; i < WINDOW; i++) {
                answer.clear();
                socket.read(answer);
            }
        }
    }
}
