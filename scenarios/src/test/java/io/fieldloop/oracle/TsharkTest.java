package io.fieldloop.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.loader.LoadResult;
import io.fieldloop.scenario.loader.ScenarioLoader;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.bouncycastle.tls.CipherSuite;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With the run's secrets, what tshark reads on the wire of a rig is what the journal says happened there. */
class TsharkTest {
    private static final int WSS = 443;
    private static final String TEXT = "1";
    private static final String BINARY = "2";

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsTshark() {
        Tshark.assumeInstalled();
    }

    private static List<Scenario> cases() {
        try {
            String text = Files.readString(OutsideProgram.resource("captured.yaml"));
            return ((LoadResult.Ready) new ScenarioLoader().load("captured.yaml", text)).cases();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> rigsAndCases() {
        return Stream.of(VirtualRigs.factory(), SocketRigs.factory())
                .flatMap(rigs -> cases().stream().map(scenario -> Arguments.of(rigs.kind(), rigs, scenario)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("rigsAndCases")
    void decryptsWhatTheJournalTells(RigKind kind, RigFactory rigs, Scenario scenario) {
        StreamTap tap = new StreamTap();
        List<String> secrets = new CopyOnWriteArrayList<>();
        ScenarioResult result = new CaseRunner(new TappedRig.Factory(rigs, tap, secrets::add), null, System::nanoTime)
                .run(new SuiteCase("captured", "captured", scenario), directory, entry -> {});
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);

        Tshark wire = Tshark.of(tap.capture(directory, WSS), WSS, secrets);
        assertThat(wire.values("tls.handshake.type == 2", "tls.handshake.ciphersuite"))
                .containsExactly(List.of(suiteNumber(result)));
        assertThat(wire.values("http", "http.request.uri", "http.response.code"))
                .containsExactly(List.of("/xiaozhi/v1/", ""), List.of("", "101"));
        Frames frames = Frames.of(wire);
        assertThat(frames.types(true)).isEqualTo(types(result, Lane.DEVICE));
        assertThat(frames.types(false)).isEqualTo(types(result, Lane.GATEWAY));
        assertThat(frames.binary(true)).isEqualTo(frames(result, "audio-received"));
        assertThat(frames.binary(false)).isEqualTo(frames(result, "audio-sent"));
    }

    /** A capture of a real device on ESP-IDF 5 has this fingerprint. */
    @Test
    void takesTheSimulatedDeviceForARealOne() {
        StreamTap tap = new StreamTap();
        new CaseRunner(new TappedRig.Factory(VirtualRigs.factory(), tap, secret -> {}), null, System::nanoTime)
                .run(new SuiteCase("captured", "captured", cases().get(0)), directory, entry -> {});

        assertThat(Tshark.of(tap.capture(directory, WSS), WSS, List.of())
                        .values("tls.handshake.type == 1", "tls.handshake.ja3"))
                .containsExactly(List.of("4cc952a330e1b7a062ce14713d4037e9"));
    }

    /** As tshark writes it, such as {@code 0xc02c}. */
    private static String suiteNumber(ScenarioResult result) {
        String name = String.valueOf(entries(result, Lane.GATEWAY, "tls-established")
                .findFirst()
                .orElseThrow()
                .attributes()
                .get("suite"));
        try {
            int number = CipherSuite.class.getField(name).getInt(null);
            return String.format(Locale.ROOT, "0x%04x", number);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no cipher suite is called " + name, e);
        }
    }

    private static List<String> types(ScenarioResult result, Lane lane) {
        return entries(result, lane, "message-sent", "hello-sent")
                .map(entry -> String.valueOf(entry.attributes().getOrDefault("type", "hello")))
                .toList();
    }

    private static long frames(ScenarioResult result, String kind) {
        return entries(result, Lane.GATEWAY, kind)
                .mapToLong(entry -> (Long) entry.attributes().get("frames"))
                .sum();
    }

    private static Stream<JournalEntry> entries(ScenarioResult result, Lane lane, String... kinds) {
        return result.journal().stream()
                .filter(entry -> entry.lane() == lane && List.of(kinds).contains(entry.kind()));
    }

    /** The WebSocket frames tshark saw, each with whether it was masked, which only a device's is. */
    private record Frames(List<Frame> all) {
        private static final ObjectMapper JSON = new ObjectMapper();

        private record Frame(boolean masked, String opcode, String type) {}

        static Frames of(Tshark wire) {
            List<Frame> all = new ArrayList<>();
            wire.values("websocket", "websocket.mask", "websocket.opcode", "websocket.payload.text")
                    .forEach(packet -> {
                        Iterator<String> masks =
                                List.of(packet.get(0).split(" ", -1)).iterator();
                        Iterator<JsonNode> texts = messages(packet.get(2));
                        for (String opcode : packet.get(1).split(" ", -1)) {
                            String type = opcode.equals(TEXT)
                                    ? texts.next().path("type").asText()
                                    : "";
                            all.add(new Frame(masks.next().matches("1|True"), opcode, type));
                        }
                    });
            return new Frames(all);
        }

        private static Iterator<JsonNode> messages(String texts) {
            try {
                return JSON.readerFor(JsonNode.class).readValues(texts);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> types(boolean masked) {
            return all.stream()
                    .filter(frame -> frame.masked() == masked && frame.opcode().equals(TEXT))
                    .map(Frame::type)
                    .toList();
        }

        long binary(boolean masked) {
            return all.stream()
                    .filter(frame -> frame.masked() == masked && frame.opcode().equals(BINARY))
                    .count();
        }
    }
}
