package io.fieldloop.scenario.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloop.scenario.cli.option.LiveOptions;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.live.LiveRecording;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenario that is made of what a person did to a gateway. */
final class SavedScenarioTest {
    private final ServedBench bench = new ServedBench();

    @TempDir
    private Path folder;

    @Test
    void whatWasDoneIsAScenarioThatDoesItAgain() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served =
                bench.serve("--ws", "0", "--admin", "0", "--link", "--save-scenario", file.toString())) {
            bench.converse(served);
            bench.put(
                    served,
                    "{\"do\": \"answer-status\", \"status\": 503, \"of\": \"" + ServedBench.DEVICE + "\"}",
                    201);
            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 503");
            bench.send(served, "DELETE", "/faults/1", "");
            bench.put(served, "{\"do\": \"close-session\", \"after\": \"1h\"}", 201);
            bench.put(
                    served,
                    "{\"link\": {\"delay\": \"20ms\", \"of\": \"" + ServedBench.DEVICE + "\"}, \"for\": \"1h\"}",
                    201);
            bench.put(served, "{\"outage\": {\"for\": \"100ms\", \"how\": \"refused\"}}", 201);
            await().untilAsserted(() -> assertThat(bench.faults(served)).hasSize(2));
            bench.converse(served);
            bench.converse(served, "02:00:00:00:00:02");
            bench.put(served, "{\"reset-link\": \"127.0.0.1\"}", 201);
        }

        String text = Files.readString(file);
        ScenarioResult result = run(file);

        assertThat(result.verdict()).as(text).isEqualTo(Verdict.PASSED);
        assertThat(text)
                .contains(
                        "of: device-1",
                        "fault: answer-status",
                        "reconnect: device-1",
                        "how: refused",
                        "reset-link: [device-1, device-2]",
                        "# it never acted");
        assertThat(result.journal())
                .filteredOn(entry -> entry.kind().equals("fault-applied"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.attributes()).containsEntry("device", "device-1"));
    }

    @Test
    void itsCommentsAreInTheLanguageOfWhoServes() {
        LiveOptions options = new LiveOptions();
        options.scenario = folder.resolve("recorded.yaml");
        options.language = Translation.to("zh");
        LiveRecording recording = new LiveRecording(InstantSource.system());

        options.write(recording.scenario("{}", "none"));

        assertThat(options.scenario)
                .content()
                .contains("# 由 fieldloop serve", "# 从外部看不出", "scenario: \"在接入真实设备的网关上录制，", "why: \"设备连接期间")
                .doesNotContain("Recorded", "What ");
    }

    @Test
    void strangersFromADevicesAddressAreNotInTheScenario() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = bench.serve("--ws", "0", "--admin", "0", "--save-scenario", file.toString())) {
            bench.converse(served, ServedBench.DEVICE);
            bench.converse(served, "02:00:00:00:00:02");
            bench.put(
                    served,
                    "{\"do\": \"answer-status\", \"status\": 503, \"of\": \"" + ServedBench.DEVICE + "\"}",
                    201);
            assertThat(bench.upgrade(served, ServedBench.DEVICE)).startsWith("HTTP/1.1 503");
            assertThat(bench.upgrade(served, "nobody")).startsWith("HTTP/1.1 4");
        }

        String text = Files.readString(file);
        assertThat(run(file).verdict()).as(text).isEqualTo(Verdict.PASSED);
        assertThat(text).contains("reconnect: device-1", "# 1 connections and changes are not in here");
    }

    @Test
    void aDeviceOfTheBrokerIsRecordedToo() throws Exception {
        Path file = folder.resolve("recorded.yaml");
        try (ServedGateway served = bench.serve("--mqtt", "0", "--admin", "0", "--save-scenario", file.toString())) {
            assertThat(connack(served)).isZero();
            bench.put(served, "{\"do\": \"answer-connack\", \"code\": 5, \"of\": \"" + ServedBench.DEVICE + "\"}", 201);
            assertThat(connack(served)).isEqualTo(5);
            bench.send(served, "DELETE", "/faults/1", "");
            assertThat(connack(served)).isZero();
        }

        String text = Files.readString(file);
        assertThat(run(file).verdict()).as(text).isEqualTo(Verdict.PASSED);
        assertThat(text).contains("gateway.test:1883", "reset-device: device-1", "fault: answer-connack");
    }

    /** The return code of a CONNECT of MQTT 3.1.1. */
    private static int connack(ServedGateway served) throws IOException {
        InetSocketAddress address = served.address("mqtt");
        byte[] id = "GID_test@@@02_00_00_00_00_01@@@one".getBytes(StandardCharsets.US_ASCII);
        try (Socket device = new Socket(address.getAddress(), address.getPort())) {
            device.setSoTimeout(10_000);
            // CONNECT, remaining length, protocol name and level, clean session, keep-alive 60, client id
            device.getOutputStream().write(new byte[] {
                0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, (byte) id.length
            });
            device.getOutputStream().write(id);
            return device.getInputStream().readNBytes(4)[3];
        }
    }

    private ScenarioResult run(Path file) {
        SuiteCase one = new SuiteCase("recorded", "recorded", ServedBench.read(new ScenarioLoader().load(file)));
        return new CaseRunner(VirtualRigs.factory(), null, () -> 0).run(one, folder, entry -> {});
    }
}
