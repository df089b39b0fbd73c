package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.mqtt.MqttConfig;
import io.fieldloop.server.pki.CertificateAuthority;
import io.fieldloop.server.pki.CertificateChain;
import io.fieldloop.server.pki.CertificateRequest;
import io.fieldloop.server.tls.TlsConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are not ours: mosquitto's command line and Eclipse Paho for MQTT 3.1.1 and 5, plain and inside TLS. */
@OwnsWallClock("Certificates are judged by the clients on the machine's clock.")
class MqttOracleTest {
    private static final String KEY = "Fieldloop-Sign-Key-01";
    private static final String CLIENT_ID = "GID_test@@@11_22_33_44_55_66@@@36c98363-3656-43cb-a00f-8bced2391a90";
    private static final String USER = "eyJpcCI6IjIyMi4yMjIuMjIyLjIyMiJ9";
    private static final String PASSWORD = "3P+Km4BE8SCnoWRhhnFbjTzCkvFyz4SfP9dRp+6j0kY=";

    private final CertificateAuthority authority = new CertificateAuthority(InstantSource.system(), new SecureRandom());

    @TempDir
    private Path files;

    @Test
    void mosquittoSubHearsWhatMosquittoPubSays() throws Exception {
        for (String version : List.of("mqttv311", "mqttv5")) {
            try (RunningGateway running = gateway(config -> config)) {
                Process sub = tool("mosquitto_sub", running, "mqtt", "-V", version, "-q", "1", "-t", "a/#", "-C", "2");
                awaitEvent(running, "subscribed");
                run(tool("mosquitto_pub", running, "mqtt", "-V", version, "-t", "a/b", "-m", "zero"));
                run(tool("mosquitto_pub", running, "mqtt", "-V", version, "-q", "1", "-t", "a/c", "-m", "one"));
                assertThat(run(sub)).isEqualTo("zero\none\n");
            }
        }
    }

    @Test
    void mosquittoSubWatchesADeviceSayHello() throws Exception {
        try (RunningGateway running = gateway(config -> config)) {
            Process sub = tool("mosquitto_sub", running, "mqtt", "-t", "devices/p2p/+", "-C", "1");
            awaitEvent(running, "subscribed");
            run(tool(
                    "mosquitto_pub",
                    running,
                    "mqtt",
                    "-i",
                    CLIENT_ID,
                    "-t",
                    "device-server",
                    "-m",
                    "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"));
            assertThat(run(sub)).contains("\"transport\":\"udp\"").contains("\"server\":\"127.0.0.1\"");
        }
    }

    @Test
    void mosquittoToolsSpeakTlsAndAreToldTheirPasswordIsWrong() throws Exception {
        try (RunningGateway running = gateway(
                config -> config.mqtt(MqttConfig.builder().signatureKey(KEY).build()))) {
            Path root = Files.writeString(files.resolve("root.pem"), authority.rootPem());
            Process good = publisher(
                    running, root, PASSWORD, "-q", "1", "-t", "device-server", "-m", "{\"type\":\"goodbye\"}");
            run(good);
            assertThat(running.events().only(GatewayEvent.TlsEstablished.class).version())
                    .startsWith("TLSv1.");
            Process bad = publisher(running, root, "wrong", "-t", "device-server", "-m", "x");
            assertThat(bad.waitFor(10, TimeUnit.SECONDS)).isTrue();
            // The return code of the CONNACK is the tool's exit code.
            assertThat(bad.exitValue()).isEqualTo(4);
        }
    }

    /** The device of the vectors over TLS, with that password. */
    private Process publisher(RunningGateway running, Path root, String password, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("--cafile", root.toString(), "-i", CLIENT_ID, "-u", USER, "-P", password));
        words.addAll(List.of(more));
        return tool("mosquitto_pub", running, "mqtts", words.toArray(String[]::new));
    }

    @Test
    void pahoOfMqtt311ConversesWithRetainedMessageAndWill() throws Exception {
        try (RunningGateway running = gateway(config -> config)) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            MqttClient watcher = paho3(running, "mqtt", "watcher", null);
            watcher.subscribe(
                    new String[] {"wills", "kept", "t"},
                    new int[] {1, 1, 1},
                    new org.eclipse.paho.client.mqttv3.IMqttMessageListener[] {
                        (topic, message) -> heard.add(topic + " " + message),
                        (topic, message) -> heard.add(topic + " " + message + " " + message.isRetained()),
                        (topic, message) -> heard.add(topic + " " + message + " " + message.getQos())
                    });
            MqttConnectOptions options = new MqttConnectOptions();
            options.setWill("wills", "gone".getBytes(StandardCharsets.UTF_8), 1, false);
            MqttClient other = paho3(running, "mqtt", "other", options);
            other.publish("t", "one".getBytes(StandardCharsets.UTF_8), 1, false);
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("t one 1");
            other.publish("kept", "on".getBytes(StandardCharsets.UTF_8), 1, true);
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("kept on false");
            MqttClient late = paho3(running, "mqtt", "late", null);
            late.subscribe("kept", 0, (topic, message) -> heard.add("late " + message.isRetained()));
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("late true");
            other.disconnectForcibly(0, 1, false);
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("wills gone");
            watcher.unsubscribe("t");
            for (MqttClient client : List.of(watcher, late)) {
                client.disconnect();
                client.close();
            }
            other.close(true);
        }
    }

    @Test
    void pahoIsRefusedWithTheRightCodeAndTakenOverByItsTwin() throws Exception {
        try (RunningGateway running = gateway(
                config -> config.mqtt(MqttConfig.builder().signatureKey(KEY).build()))) {
            MqttConnectOptions wrong = signed("wrong");
            assertThatThrownBy(() -> paho3(running, "mqtt", CLIENT_ID, wrong))
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            refused -> assertThat(refused.getReasonCode())
                                    .isEqualTo(MqttException.REASON_CODE_FAILED_AUTHENTICATION));
            MqttClient first = paho3(running, "mqtts", CLIENT_ID, secured(signed(PASSWORD)));
            MqttClient second = paho3(running, "mqtts", CLIENT_ID, secured(signed(PASSWORD)));
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !first.isConnected());
            assertThat(running.events().only(GatewayEvent.SessionClosed.class).reason())
                    .isEqualTo(CloseReason.TAKEN_OVER);
            second.disconnect();
            second.close();
            first.close(true);
        }
    }

    @Test
    void pahoOfMqtt5ReadsItsReasonsAndIsGivenAName() throws Exception {
        try (RunningGateway running = gateway(config -> config)) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            String url = url(running, "mqtt");
            org.eclipse.paho.mqttv5.client.MqttClient client = new org.eclipse.paho.mqttv5.client.MqttClient(
                    url, "", new org.eclipse.paho.mqttv5.client.persist.MemoryPersistence());
            MqttConnectionOptions options = new MqttConnectionOptions();
            options.setConnectionTimeout(5);
            client.connectWithResult(options);
            assertThat(client.getClientId()).startsWith("auto-");
            client.setCallback(new PahoCallback(heard));
            MqttSubscription[] wanted = {new MqttSubscription("a/+", 2), new MqttSubscription("$share/g/a", 0)};
            assertThat(client.subscribe(wanted).getReasonCodes()).containsExactly(1, 0x9e);
            client.publish("a/b", new MqttMessage("five".getBytes(StandardCharsets.UTF_8), 1, false, null));
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("a/b five");
            running.gateway().stopGracefully().join();
            assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("disconnected 139");
            client.close(true);
        }
    }

    @Test
    void plainMqttOnTheTlsPortIsRecordedAsThat() throws Exception {
        try (RunningGateway running = gateway(config -> config)) {
            Process pub = tool("mosquitto_pub", running, "mqtts", "-t", "t", "-m", "x");
            assertThat(pub.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(running.events()
                            .of(GatewayEvent.HandshakeRefused.class)
                            .get(0)
                            .refusal()
                            .reason()
                            .wireName())
                    .isEqualTo("mqtt-on-tls");
        }
    }

    private RunningGateway gateway(UnaryOperator<GatewayConfig.Builder> more) {
        CertificateChain chain = authority.issue(CertificateRequest.of(
                List.of("localhost", "127.0.0.1"),
                InstantSource.system().instant().minusSeconds(60),
                Duration.ofHours(1)));
        return RunningGateway.with(config -> more.apply(config.listener(
                        new ListenerConfig.Mqtt("mqtt", RunningGateway.anyLoopbackPort(), null))
                .listener(new ListenerConfig.Mqtt("mqtts", RunningGateway.anyLoopbackPort(), TlsConfig.serving(chain)))
                .listener(new ListenerConfig.Voice("voice", RunningGateway.anyLoopbackPort()))));
    }

    private static int port(RunningGateway running, String listener) {
        return ((InetSocketAddress) running.gateway().address(listener)).getPort();
    }

    private static String url(RunningGateway running, String listener) {
        return (listener.equals("mqtts") ? "ssl://localhost:" : "tcp://localhost:") + port(running, listener);
    }

    private static void awaitEvent(RunningGateway running, String kind) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> running.events().kinds().contains(kind));
    }

    private static MqttClient paho3(
            RunningGateway running,
            String listener,
            String id,
            @org.jspecify.annotations.Nullable MqttConnectOptions options)
            throws MqttException {
        MqttClient client = new MqttClient(url(running, listener), id, new MemoryPersistence());
        MqttConnectOptions given = options == null ? new MqttConnectOptions() : options;
        given.setConnectionTimeout(20);
        given.setMqttVersion(
                MqttConnectOptions.MQTT_VERSION_3_1_1); // else it tries again, with 3.1, after whatever failed
        client.connect(given);
        return client;
    }

    private static MqttConnectOptions signed(String password) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(USER);
        options.setPassword(password.toCharArray());
        return options;
    }

    private MqttConnectOptions secured(MqttConnectOptions options) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.security.KeyStore roots = java.security.KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", authority.root());
        trust.init(roots);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        options.setSocketFactory(tls.getSocketFactory());
        return options;
    }

    private static Process tool(String name, RunningGateway running, String listener, String... more)
            throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", name)), name + " is not installed (mosquitto-clients)");
        List<String> command =
                new ArrayList<>(List.of(name, "-h", "localhost", "-p", String.valueOf(port(running, listener))));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What it printed, once it has ended well. */
    private static String run(Process tool) throws Exception {
        assertThat(tool.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String printed = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.exitValue()).as(printed).isZero();
        return printed;
    }
}
