package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldloop.scenario.probe.OutsideServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run --against} with gateways in other processes: our own, and one that we did not write. */
class AgainstTest {
    private static final String SCENARIO = """
            scenario: A device talks over a slow link
            link: { delay: 20ms }
            devices: { door: { url: "%s" } }
            steps: [{ connect: door }]
            expect: [{ device: door, is: online, within: 20s }%s]
            """;
    private static final String WSS = "wss://gateway.test/xiaozhi/v1/";
    private static final String WS = "ws://gateway.test:8000/xiaozhi/v1/";

    @TempDir
    private Path folder;

    @Test
    void devicesAndProbesMeetOurOwnGatewayInAnotherProcess() throws IOException {
        Path root = folder.resolve("root.pem");
        Path printed = folder.resolve("printed");
        Process gateway = serve(root, printed);
        try {
            String wss = url(printed, "wss");
            String ws = url(printed, "ws");
            CommandLineRun good =
                    run(scenario(WSS, ""), "--against", wss, "--address", "127.0.0.1", "--ca", root.toString());
            assertThat(good.printed()).contains("1 passed");
            assertThat(good.exitCode()).isZero();

            CommandLineRun unseen = run(scenario(WS, ", { never: { event: handshake-refused } }"), "--against", ws);
            assertThat(unseen.printed()).contains("what the gateway does cannot be seen in this rig");
            assertThat(unseen.exitCode()).isEqualTo(2);

            assertThat(run(attack(), "--against", ws).printed()).contains("1 passed");
        } finally {
            gateway.destroyForcibly();
        }
    }

    /** Told where to go at the OTA address, over MQTT and UDP, and by nothing but their settings. */
    @Test
    void devicesAskConnectAndTalkOverWhateverIsGiven() throws IOException {
        Path printed = folder.resolve("printed");
        String port = String.valueOf(OutsideServer.freePort());
        Process gateway = serve(folder.resolve("root.pem"), printed, "--mqtt", port, "--udp", "0", "--ota", "0");
        try {
            String mqtt = url(printed, "mqtt");
            CommandLineRun talk = run(talking("mqtt: {}", ""), "--against", mqtt);
            assertThat(talk.printed()).contains("1 passed");
            CommandLineRun asked = run(talking("ota: {}", "gateway: { ota: {} }\n"), "--against", url(printed, "ota"));
            assertThat(asked.printed()).contains("1 passed");
            CommandLineRun booted = run(Path.of("suite/ota/first-boot.yaml"), "--against", url(printed, "ota"));
            assertThat(booted.printed()).contains("1 passed");
            CommandLineRun probed = CommandLineRun.of("probe", mqtt);
            assertThat(probed.out())
                    .contains("CONNACK 0, and a hello came back", "whether voice arrives cannot be known");
            assertThat(probed.exitCode()).isZero();
        } finally {
            gateway.destroyForcibly();
        }
    }

    @Test
    void mosquittoIsABrokerToo() throws IOException {
        OutsideServer.assumeInstalled("/usr/sbin/mosquitto");
        int port = OutsideServer.freePort();
        Path scenario = Files.writeString(folder.resolve("sensor.yaml"), """
                scenario: A sensor and who watches it
                devices:
                  sensor: { profile: esp-mqtt, mqtt: {} }
                  panel: { profile: esp-mqtt, mqtt: { subscribe: [room/#] } }
                steps: [{ wait: 1s }, { publish: { of: sensor, topic: room/1, message: warm, qos: 1 } }, { wait: 2s }]
                expect:
                  - { event: mqtt-acknowledged, of: device, count: 1 }
                  - { event: mqtt-received, of: device, actor: panel, where: { message: warm }, count: 1 }
                """);
        try (OutsideServer broker = OutsideServer.start(
                port, folder.resolve("log"), List.of("/usr/sbin/mosquitto", "-p", String.valueOf(port)))) {
            String url = "mqtt://127.0.0.1:" + broker.port();
            assertThat(run(scenario, "--against", url).printed()).contains("1 passed");
            CommandLineRun probed = CommandLineRun.of("probe", url);
            assertThat(probed.out()).contains("CONNACK 0; no hello with udp came back");
            assertThat(probed.exitCode()).isZero();
            CommandLineRun json = CommandLineRun.of("probe", url, "--json");
            assertThat(json.out()).contains("\"connected\"", "true");
        }
    }

    /** A broker throws out who comes again with its client id, and every case has its {@code sensor}. */
    @Test
    void casesComeOneAfterTheOther() throws IOException {
        OutsideServer.assumeInstalled("/usr/sbin/mosquitto");
        int port = OutsideServer.freePort();
        Path scenario = Files.writeString(folder.resolve("again.yaml"), """
                scenario: A sensor stays
                matrix: { day: [1, 2, 3] }
                devices: { sensor: { profile: esp-mqtt, mqtt: {} } }
                steps: [{ wait: 1500ms }]
                expect: [{ event: mqtt-connected, of: device }, { never: { event: mqtt-disconnected } }]
                """);
        try (OutsideServer broker = OutsideServer.start(
                port, folder.resolve("log"), List.of("/usr/sbin/mosquitto", "-p", String.valueOf(port)))) {
            assertThat(run(scenario, "--against", "mqtt://127.0.0.1:" + broker.port())
                            .printed())
                    .contains("3 passed");
        }
    }

    @Test
    void pythonWebsocketsIsAGatewayToo() throws IOException {
        OutsideServer.assumePythonWebsockets();
        int port = OutsideServer.freePort();
        Path script = Files.writeString(folder.resolve("server.py"), """
                import asyncio, json, websockets

                async def talk(socket, path="/"):
                    async for message in socket:
                        if isinstance(message, str) and '"hello"' in message:
                            await socket.send(json.dumps(
                                {"type": "hello", "transport": "websocket", "session_id": "s1"}))

                async def main():
                    async with websockets.serve(talk, "127.0.0.1", %d):
                        await asyncio.Future()

                asyncio.run(main())
                """.formatted(port));
        try (OutsideServer server =
                OutsideServer.start(port, folder.resolve("log"), List.of("/usr/bin/python3", script.toString()))) {
            CommandLineRun run = run(scenario(WS, ""), "--against", "ws://127.0.0.1:" + server.port() + "/");
            assertThat(run.printed()).contains("1 passed");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void whatCannotBePlayedThereIsLeftOutWithTheReason() throws IOException {
        CommandLineRun run = run(scenario(WSS, ""), "--against", "ws://127.0.0.1:1/");
        assertThat(run.out()).contains("left out", "no wss:// address is given with --against");
        assertThat(run.err()).contains("None of these scenarios makes sense against that gateway.");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--against ftp://h | begins with no scheme that leads to a WebSocket server",
                "--against mqtt://user@h | holds a user name",
                "--against mqtt://127.0.0.1 --against mqtt://127.0.0.2 | --against names two mqtt URLs",
                "--against ws://no-such-host.invalid/ | the name no-such-host.invalid does not resolve",
                "--against ws://127.0.0.1/ --against http://127.0.0.2/ | --against names two ws URLs",
                "--against ws://127.0.0.1/ --rig virtual | leave out --rig virtual",
                "--token abc | give its URL with --against",
                "--against wss://127.0.0.1/ --ca /nowhere | The file /nowhere of --ca cannot be read"
            })
    void mistakesAreOneSentence(String options, String sentence) throws IOException {
        CommandLineRun run = run(scenario(WSS, ""), options.split(" "));
        assertThat(run.err()).startsWith("fieldloop: ").contains(sentence).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private CommandLineRun run(Path file, String... options) {
        String[] words = new String[options.length + 4];
        System.arraycopy(options, 0, words, 4, options.length);
        words[0] = "run";
        words[1] = file.toString();
        words[2] = "--out";
        words[3] = folder.resolve("out").toString();
        return CommandLineRun.of(words);
    }

    private Path scenario(String url, String more) throws IOException {
        return Files.writeString(folder.resolve("talk.yaml"), SCENARIO.formatted(url, more));
    }

    private Path talking(String device, String gateway) throws IOException {
        return Files.writeString(folder.resolve("talking.yaml"), """
                scenario: A device talks to whatever it finds
                %sdevices: { door: { %s } }
                steps: [{ connect: door }, { talk: door }]
                expect: [{ device: door, is: talked, within: 60s }]
                """.formatted(gateway, device));
    }

    private Path attack() throws IOException {
        return Files.writeString(folder.resolve("attack.yaml"), """
                scenario: A scan beside a device
                devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                adversaries: { scan: { probe: rdp-mstshash, to: ws, rate: 20/s, count: 5 } }
                steps: [{ connect: door }, { attack: scan }, { wait: 2s }]
                expect:
                  - { device: door, is: online }
                  - { event: probe-ended, count: 5 }
                """);
    }

    private static Process serve(Path root, Path printed, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.fieldloop.scenario.cli.Main",
                "serve",
                "--ws",
                "0",
                "--wss",
                "0",
                "--name",
                "gateway.test",
                "--root-out",
                root.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
    }

    private static String url(Path printed, String scheme) {
        Pattern line = Pattern.compile("(?m)^  " + scheme + " +(\\S+)");
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            Matcher url = line.matcher(Files.readString(printed));
                            return url.find() ? url.group(1) : "";
                        },
                        found -> !found.isEmpty());
    }
}
