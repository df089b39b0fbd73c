package io.fieldloop.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.device.mqtt.MqttSession;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device against mosquitto, a broker of somebody else's: what it sends is MQTT 3.1.1. */
class MosquittoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<DeviceEvent> events = new CopyOnWriteArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private Path log;
    private int port;

    @BeforeEach
    void startBroker() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/mosquitto"))
                        && Files.isExecutable(Path.of("/usr/bin/mosquitto_sub")),
                "No mosquitto on this machine: the device is not tested against a broker here.");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(directory.resolve("passwords"), "");
        Path config = directory.resolve("mosquitto.conf");
        Files.writeString(config, "listener " + port + " 127.0.0.1\nallow_anonymous true\nlog_type all\nuser root\n");
        log = start("/usr/sbin/mosquitto", "-v", "-c", config.toString());
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("running"));
    }

    private Path start(String... command) throws IOException {
        Path output = directory.resolve(processes.size() + ".log");
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
        return output;
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Device device(int keepAliveSeconds) {
        return device("xiaozhi-wifi", keepAliveSeconds, MqttSession.NONE);
    }

    private Device device(String profile, int keepAliveSeconds, MqttSession session) {
        MqttSettings settings = new MqttSettings(
                "127.0.0.1:" + port,
                "GID_test@@@02_00@@@uuid",
                "someone",
                "secret",
                keepAliveSeconds,
                "device-server",
                session);
        return new Device(
                DeviceConfig.of("door", DeviceProfile.named(profile), Bench.URL).withMqtt(settings),
                new DeviceRuntime(
                        group.next(),
                        (loop, host, to, pipeline) -> new Bootstrap()
                                .group(loop)
                                .channel(NioSocketChannel.class)
                                .handler(pipeline)
                                .connect(host, to),
                        Bench.seeded(),
                        Instant::now),
                events::add);
    }

    @Test
    void isTakenAndItsHelloIsSeenBySomeoneElse() throws IOException {
        Path seen = start("/usr/bin/mosquitto_sub", "-p", String.valueOf(port), "-t", "device-server", "-C", "1");
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("Received SUBSCRIBE"));
        Device device = device(240);
        device.start();
        device.openChannel();
        await().atMost(PATIENCE).until(() -> Files.readString(seen).contains("\"type\":\"hello\""));
        assertThat(Files.readString(log, UTF_8))
                .contains("as GID_test@@@02_00@@@uuid (p2, c1, k240, u'someone')")
                .contains("Sending CONNACK to GID_test@@@02_00@@@uuid (0, 0)");
        device.losePower();
    }

    /** esp-mqtt, whose session the broker keeps: the CONNACK says so, and what came meanwhile is delivered. */
    @Test
    void anApplicationOnEspMqttFindsItsSessionAgainAndItsWillIsPublished() throws IOException {
        Path seen = start("/usr/bin/mosquitto_sub", "-p", String.valueOf(port), "-t", "#", "-v");
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("Received SUBSCRIBE"));
        MqttMessage will = new MqttMessage("door/gone", "yes", 1, false);
        Device device = device("esp-mqtt", 240, new MqttSession(false, will, List.of("door/set")));
        device.start();
        device.publish(new MqttMessage("door/reading", "21.5", 1, false));
        await().atMost(PATIENCE).until(() -> events.stream().anyMatch(DeviceEvent.MqttAcknowledged.class::isInstance));
        device.losePower();
        await().atMost(PATIENCE).until(() -> Files.readString(seen).contains("door/gone yes"));
        start("/usr/bin/mosquitto_pub", "-p", String.valueOf(port), "-t", "door/set", "-m", "open", "-q", "1");
        await().atMost(PATIENCE).until(() -> Files.readString(seen).contains("door/set open"));
        device.start();
        await().atMost(PATIENCE).until(() -> events.contains(new DeviceEvent.MqttReceived("door/set", "open")));
        assertThat(Files.readString(seen)).contains("door/reading 21.5");
        assertThat(events).anyMatch(event -> event instanceof DeviceEvent.MqttConnected up && up.sessionPresent());
        device.losePower();
    }

    @Test
    void itsPingsKeepItConnected() {
        Device device = device(2);
        device.start();
        await().atMost(PATIENCE)
                .until(() -> Files.readString(log).split("Received PINGREQ from GID_test", -1).length > 4);
        assertThat(events).noneMatch(DeviceEvent.MqttDisconnected.class::isInstance);
        device.losePower();
    }

    @Test
    void aBrokerThatEndsIsALossAndTheClientComesBackByItself() {
        Device device = device(240);
        device.start();
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("Sending CONNACK"));
        processes.get(0).destroyForcibly();
        await().atMost(PATIENCE)
                .until(() -> events.contains(new DeviceEvent.MqttDisconnected(FailureReason.CLOSED_BY_SERVER, null)));
        assertThat(events).contains(new DeviceEvent.MqttReconnectScheduled(Duration.ofSeconds(10)));
        device.losePower();
    }
}
