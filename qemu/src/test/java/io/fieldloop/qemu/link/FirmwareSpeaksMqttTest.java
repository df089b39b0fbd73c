package io.fieldloop.qemu.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.runner.Emulation;
import io.fieldloop.qemu.runner.EmulationConfig;
import io.fieldloop.qemu.runner.EmulationListener;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.qemu.runner.ProcessEmulator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference firmware's MQTT and voice on the wire, byte by byte, in a real QEMU. */
@Tag("qemu")
final class FirmwareSpeaksMqttTest {
    private static final Path FIRMWARE = FirmwareBench.FIRMWARE;
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final HexFormat HEX = HexFormat.of();

    private final List<String> console = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @BeforeAll
    static void needsFirmware() {
        assumeTrue(Files.exists(FIRMWARE), "no reference firmware: make -C qemu/firmware");
        assumeTrue(isInstalled("qemu-system-xtensa"), "qemu-system-xtensa is not installed");
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** CONNECT, hello, voice both ways: with key and nonce of the protocol reference's vectors U1 to U4. */
    @Test
    void connectsSaysHelloAndEnciphersVoiceAsTheVectorsSay() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket voice = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            broker.setSoTimeout(30_000);
            voice.setSoTimeout(20_000);
            Emulation emulation = boot(broker.getLocalPort(), "name", "pass", 240);
            try (Socket device = broker.accept()) {
                device.setSoTimeout(20_000);
                DataInputStream in = new DataInputStream(device.getInputStream());
                assertThat(HEX.formatHex(packet(in)))
                        .isEqualTo(
                                "10" // CONNECT
                                        + "1c" // what follows
                                        + "00044d515454" + "04" // MQTT, level 3.1.1
                                        + "c2" // user name, password, clean session
                                        + "00f0" // keep-alive
                                        + "0004" + "64657631" // client id dev1
                                        + "0004" + "6e616d65" + "0004" + "70617373"); // name, pass
                device.getOutputStream().write(HEX.parseHex("20020000"));
                awaitSaid("ready ");
                emulation.write("connect\n");
                assertThat(text(packet(in))).startsWith("t/o{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"");
                send(
                        device,
                        "{\"type\":\"hello\",\"transport\":\"udp\",\"session_id\":\"s\",\"udp\":{\"server\":\"10.0.2.2\","
                                + "\"port\":" + voice.getLocalPort() + ",\"key\":\"" + KEY
                                + "\",\"nonce\":\"01000000deadbeef0000000000000000\"}}");
                emulation.write("talk 120\n");
                DatagramPacket first = receive(voice);
                assertEnciphered(first, "0001");
                assertEnciphered(receive(voice), "0002");
                // U3 is the sixteenth packet; again it is old; U4 is the last there can be, so that after it all are.
                for (String datagram : List.of(U3, U3, U4, U3)) {
                    byte[] bytes = HEX.parseHex(datagram);
                    voice.send(new DatagramPacket(bytes, bytes.length, first.getSocketAddress()));
                }
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(said("voice "))
                                .containsExactly(
                                        "voice keyed server=10.0.2.2 port=" + voice.getLocalPort(),
                                        "voice gap packets=15",
                                        "voice refused why=old-sequence sequence=16",
                                        "voice gap packets=4294967278",
                                        "voice refused why=old-sequence sequence=16"));
            } finally {
                emulation.stop().join();
            }
        }
    }

    private static final String U3 = "01000028deadbeef0102030400000010"
            + "af5c78f6a964c5c273442703dff4b15507eaec44d2d54a9da6d26e33808afaa7537d67734b7abf6b";
    private static final String U4 =
            "01000021deadbeef00000000ffffffff" + "4bc01d5967eec3b433b2fe6a2cec20f11d052a41b8ae937af97fbf0515325f2c79";

    /** The header is the nonce with length and sequence, and the counter; behind it is Opus at 60 ms, one channel (RFC 6716, 3.1). */
    private static void assertEnciphered(DatagramPacket datagram, String sequence) throws Exception {
        byte[] header = Arrays.copyOf(datagram.getData(), 16);
        byte[] secret = Arrays.copyOfRange(datagram.getData(), 16, datagram.getLength());
        assertThat(HEX.formatHex(header))
                .isEqualTo(String.format("0100%04xdeadbeef000000000000%s", secret.length, sequence));
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(HEX.parseHex(KEY), "AES"), new IvParameterSpec(header));
        int toc = cipher.doFinal(secret)[0] & 0xff;
        assertThat(toc & 0x04).as("a single channel").isZero();
        assertThat(toc >> 3 & 0x03).as("60 ms").isEqualTo(3);
    }

    /** An outside broker and client take it for an ordinary MQTT 3.1.1 client, pings and all. */
    @Test
    void mosquittoTakesItsPacketsAndPassesThemOn() throws Exception {
        assumeTrue(isInstalled("mosquitto") && isInstalled("mosquitto_sub"), "mosquitto is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process broker = new ProcessBuilder("mosquitto", "-v", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.log").toFile())
                .start();
        Process listener = null;
        Emulation emulation = null;
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> broker("mosquitto version", "running"));
            listener = new ProcessBuilder("mosquitto_sub", "-p", Integer.toString(port), "-t", "t/#", "-C", "1", "-v")
                    .start();
            await().atMost(Duration.ofSeconds(20)).until(() -> broker("SUBACK"));
            emulation = boot(port, "", "", 4);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !said("mqtt connected").isEmpty());
            emulation.write("connect\n");
            assertThat(new String(listener.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("t/o {\"type\":\"hello\",\"version\":3");
            await().atMost(Duration.ofSeconds(20)).until(() -> broker("Sending PINGRESP to dev1"));
        } finally {
            if (emulation != null) {
                emulation.stop().join();
            }
            if (listener != null) {
                listener.destroyForcibly();
            }
            broker.destroyForcibly();
        }
    }

    private boolean broker(String... words) throws IOException {
        return Files.readAllLines(directory.resolve("mosquitto.log")).stream()
                .anyMatch(line -> Arrays.stream(words).allMatch(line::contains));
    }

    private Emulation boot(int port, String username, String password, int keepAlive) {
        String settings = "mqtt-endpoint=10.0.2.2:" + port + " mqtt-client-id=dev1 mqtt-username=" + username
                + " mqtt-password=" + password + " mqtt-topic=t/o mqtt-keepalive=" + keepAlive;
        return new ProcessEmulator()
                .start(
                        EmulationConfig.of(
                                "mqtt", Machine.named("lx60"), new BootMedium.Kernel(FIRMWARE, settings), directory),
                        new Console())
                .join();
    }

    /** What is typed before the firmware is ready it forgets. */
    private void awaitSaid(String begin) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !said(begin).isEmpty());
    }

    private List<String> said(String begin) {
        return console.stream()
                .filter(line -> line.contains(") fieldloop: " + begin))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
    }

    /** A whole packet, whose length fits one byte or two. */
    private static byte[] packet(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        boolean two = length > 127;
        length = two ? (length & 0x7f) + 128 * in.readUnsignedByte() : length;
        byte[] body = in.readNBytes(length);
        byte[] whole = new byte[2 + length];
        whole[0] = (byte) type;
        whole[1] = (byte) length;
        System.arraycopy(body, 0, whole, 2, length);
        return whole;
    }

    /** Topic and text of a PUBLISH without QoS. */
    private static String text(byte... publish) {
        assertThat(publish[0]).isEqualTo((byte) 0x30);
        return new String(publish, 4, publish.length - 4, StandardCharsets.UTF_8);
    }

    private static void send(Socket device, String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        int length = 3 + text.length;
        // PUBLISH, length in two bytes, topic "x", which nobody looks at.
        device.getOutputStream()
                .write(new byte[] {0x30, (byte) (length % 128 | 0x80), (byte) (length / 128), 0, 1, 'x'});
        device.getOutputStream().write(text);
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return packet;
    }

    private final class Console implements EmulationListener {
        @Override
        public void consoleLine(String line) {
            console.add(line);
        }

        @Override
        public void event(FirmwareEvent event) {}
    }
}
