package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.scenario.OwnsWallClock;
import io.fieldloop.scenario.adversary.TargetPolicy;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.ForeignGateway;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.against.AgainstRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The link in front of a gateway, which a person changes while devices are connected. */
@OwnsWallClock("a link's delay is measured from outside")
final class LiveLinkTest {
    private final ServedBench bench = new ServedBench();

    @TempDir
    private Path folder;

    @Test
    void theLinkOfOneAddressIsChangedAndTheGatewayStillKnowsWhoComes() throws Exception {
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0", "--link")) {
            try (Socket device = bench.connect(served, ServedBench.DEVICE)) {
                assertThat(bench.sessions(served).get(0).path("source").asText())
                        .isEqualTo("127.0.0.1");
                bench.put(served, "{\"reset-link\": \"" + ServedBench.DEVICE + "\"}", 201);
                await().untilAsserted(() -> assertThat(bench.sessions(served)).isEmpty());
                assertThat(device.isConnected()).isTrue();
            }
            bench.put(served, "{\"link\": {\"delay\": \"150ms\"}, \"for\": \"1m\"}", 201);
            long began = System.nanoTime();
            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 101");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void aHelloTellsDevicesToSpeakToTheLink() throws Exception {
        try (ServedGateway served = bench.serve("--mqtt", "0", "--udp", "0", "--link")) {
            InetSocketAddress address = served.address(ListenOptions.MQTT);
            try (Socket device = new Socket(address.getAddress(), address.getPort())) {
                device.setSoTimeout(10_000);
                // CONNECT with client id "d", then PUBLISH of a hello to device-server
                device.getOutputStream().write(HexFormat.of().parseHex("100d00044d51545404020000000164"));
                byte[] hello = "\0\rdevice-server{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\"}"
                        .getBytes(StandardCharsets.US_ASCII);
                device.getOutputStream().write(new byte[] {0x30, (byte) hello.length});
                device.getOutputStream().write(hello);
                String answer = new String(device.getInputStream().readNBytes(300), StandardCharsets.US_ASCII);
                assertThat(answer)
                        .contains("\"server\":\"127.0.0.1\"")
                        .contains(
                                "\"port\":" + served.address(ListenOptions.UDP).getPort());
            }
        }
    }

    @Test
    void theTestPageConnectsThroughTheLinkAsDevicesDo() throws Exception {
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0", "--link")) {
            JsonNode listener = new ObjectMapper()
                    .readTree(bench.send(served, "GET", "/gateway", "").body())
                    .path("listeners")
                    .path(0);
            assertThat(listener.path("port").asInt())
                    .isEqualTo(served.address(ListenOptions.WS).getPort());
        }
    }

    @Test
    void voiceComesFromAnotherPortWhenTheNatForgets() throws Exception {
        try (ServedGateway served = bench.serve("--mqtt", "0", "--udp", "0", "--admin", "0", "--link")) {
            CompletableFuture<ScenarioResult> spoken = CompletableFuture.supplyAsync(() -> speak(served));
            bench.awaitPrinted("voice goes to ");

            bench.put(served, "{\"nat-rebind\": {\"of\": \"all\", \"what\": \"udp\"}}", 201);

            bench.awaitPrinted("voice moved to ");
            spoken.get(1, TimeUnit.MINUTES);
        }
        assertThat(bench.printed()
                        .lines()
                        .filter(line -> line.contains("voice goes to ") || line.contains("voice moved to ")))
                .extracting(line -> line.replaceFirst(".*port ", ""))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    /** A device that goes on speaking for a while. */
    private ScenarioResult speak(ServedGateway served) {
        InetSocketAddress broker = served.address(ListenOptions.MQTT);
        ForeignGateway gateway = new ForeignGateway(
                Map.of(Rig.MQTT, new ForeignGateway.Listener("127.0.0.1", broker.getPort(), broker, "")),
                List.of(),
                null,
                null);
        SuiteCase one = new SuiteCase("voice", "voice", ServedBench.read(new ScenarioLoader().load("voice.yaml", """
                scenario: A device speaks
                devices: { door: { mqtt: {} } }
                steps: [{ connect: door }, { talk: { devices: door, speech: 6s } }]
                expect: [{ event: turn-completed, of: device }]
                """)));
        return new CaseRunner(new AgainstRigs(gateway, TargetPolicy.LOOPBACK, List.of()), null, System::nanoTime)
                .run(one, folder, entry -> {});
    }
}
