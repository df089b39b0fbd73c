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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Devices that send voice packets and wait for as many, a window at a time; what is in them is of no interest. */
final class VoiceLoad {
    private static final int WINDOW = 64;
    private static final int AUDIO_BYTES = 104;
    private static final int HEADER_BYTES = 16;

    private final List<Speaker> devices = new ArrayList<>();

    /** Kept, because a socket nobody refers to is closed by the garbage collector. */
    private final List<Socket> connections = new ArrayList<>();

    private final ByteBuffer answer = ByteBuffer.allocateDirect(2048);
    private int sequence;

    private VoiceLoad() {}

    /** Devices that say hello and speak on the flow each is given; their connections stay open for that. */
    static VoiceLoad ofGateway(int mqttPort, int devices) throws Exception {
        VoiceLoad load = new VoiceLoad();
        for (int device = 0; device < devices; device++) {
            JsonNode udp = load.hello(mqttPort, device);
            load.add(udp.path("port").asInt(), udp.path("nonce").asText());
        }
        return load;
    }

    static VoiceLoad ofPeer(int udpPort, int devices) throws Exception {
        VoiceLoad load = new VoiceLoad();
        for (int device = 0; device < devices; device++) {
            load.add(udpPort, String.format(Locale.ROOT, "01000000%04x%04x0000000000000000", devices, device));
        }
        return load;
    }

    private JsonNode hello(int mqttPort, int number) throws Exception {
        Socket device = new Socket(InetAddress.getLoopbackAddress(), mqttPort);
        connections.add(device);
        String id = "GID_v@@@02_00_00_00_00_" + HexFormat.of().toHexDigits((byte) number) + "@@@v";
        device.getOutputStream().write(MqttBytes.connect(4, id, null, null, 0));
        device.getOutputStream()
                .write(MqttBytes.publish("device-server", "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"));
        InputStream in = device.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\"}}") < 0) {
            read.append((char) in.read());
        }
        return new ObjectMapper().readTree(read.substring(read.indexOf("{"))).path("udp");
    }

    private void add(int port, String nonce) throws Exception {
        DatagramChannel socket = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20)
                .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ByteBuffer packet = ByteBuffer.allocateDirect(HEADER_BYTES + AUDIO_BYTES);
        packet.put(HexFormat.of().parseHex(nonce)).putShort(2, (short) AUDIO_BYTES);
        devices.add(new Speaker(socket, packet));
    }

    void relay(int count) throws Exception {
        for (int done = 0; done < count; done += WINDOW) {
            for (int i = 0; i < WINDOW; i += devices.size()) {
                sequence++;
                for (Speaker device : devices) {
                    device.packet.clear();
                    device.packet.putInt(12, sequence);
                    device.socket.write(device.packet);
                }
            }
            for (int i = 0; i < WINDOW; i++) {
                answer.clear();
                devices.get(i % devices.size()).socket.read(answer);
            }
        }
    }

    private record Speaker(DatagramChannel socket, ByteBuffer packet) {}
}
