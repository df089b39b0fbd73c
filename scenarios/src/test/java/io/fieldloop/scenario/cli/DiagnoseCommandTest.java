package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fieldloop diagnose}, as typed, on captures that {@code fieldloop run --capture} left. */
final class DiagnoseCommandTest {
    @TempDir
    private static Path folder;

    private static Path refused;
    private static Path healthy;

    @BeforeAll
    static void capture() throws IOException {
        refused = capture("refused", """
                scenario: The gateway refuses a device without a token
                gateway: { token: required }
                devices: { door: { token: none } }
                steps: [{ connect: door }]
                expect: [{ device: door, is: refused }]
                """);
        healthy = capture("healthy", """
                scenario: A device connects
                devices: { door: {} }
                steps: [{ connect: door }, { wait: 1s }]
                expect: [{ device: door, is: online }]
                """);
    }

    private static Path capture(String name, String scenario) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), scenario);
        Path out = folder.resolve(name);
        CommandLineRun run = CommandLineRun.of("run", file.toString(), "--capture", "--out", out.toString());
        assertThat(run.exitCode()).as(run.printed()).isZero();
        try (Stream<Path> files = Files.walk(out.resolve("latest").toRealPath())) {
            return files.filter(one -> one.endsWith("door.pcapng")).findFirst().orElseThrow();
        }
    }

    @Test
    void tellsItInChineseButForPrograms() {
        assertThat(CommandLineRun.of("diagnose", refused.toString(), "--lang", "zh")
                        .out())
                .contains("1. upgrade-refused (确定): 升级请求的应答不是 101。", "1 个 TCP 连接", "处理: ");
        assertThat(CommandLineRun.of("diagnose", refused.toString(), "--lang", "zh", "--json")
                        .out())
                .doesNotContain("升级");
    }

    @Test
    void saysWhatFailedByWhichPacketAndWhatToDo() {
        CommandLineRun run = CommandLineRun.of("diagnose", refused.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("1 TCP connection, 1 with a fault")
                .contains("Connection: 127.16.0.1:49153 -> 127.0.0.1:443 (gateway.test)")
                .contains("headers as xiaozhi-esp32 writes them")
                .contains("1. upgrade-refused (certain): ")
                .contains("server: HTTP/1.1 403 Forbidden")
                .contains("the gateway's reason is token-missing")
                .contains("Reproduce: fieldloop run '");
    }

    @Test
    void endsWithZeroWhereNothingFailed() {
        CommandLineRun run = CommandLineRun.of("diagnose", healthy.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("none with a fault", "No fault: ", "server: hello");
    }

    @Test
    void tellsTheSameToMachines() throws IOException {
        CommandLineRun run = CommandLineRun.of("diagnose", "--json", refused.toString());

        JsonNode cause = new ObjectMapper().readTree(run.out()).at("/findings/0/causes/0");
        assertThat(cause.at("/cause").asText()).isEqualTo("upgrade-refused");
        assertThat(cause.at("/confidence").asText()).isEqualTo("certain");
        assertThat(cause.at("/evidence/0/place").asText()).matches("packet \\d+");
    }

    @Test
    void writesAScenarioThatFailsInTheSameWay() throws IOException {
        Path again = folder.resolve("again.yaml");
        CommandLineRun.of("diagnose", refused.toString(), "--scenario", again.toString());

        assertThat(again).content().contains("is: refused, reason: upgrade-refused", "  # packet ");
        CommandLineRun run = CommandLineRun.of(
                "run", again.toString(), "--out", folder.resolve("again").toString());
        assertThat(run.exitCode()).as(run.printed()).isZero();

        Path chinese = folder.resolve("chinese.yaml");
        CommandLineRun.of("diagnose", refused.toString(), "--lang", "zh", "--scenario", chinese.toString());
        assertThat(chinese)
                .content()
                .startsWith("# 由 `fieldloop diagnose --scenario` 根据 ")
                .contains("scenario: \"抓包：upgrade-refused\"\n", "  # 第 ");
        assertThat(withoutWords(chinese)).isEqualTo(withoutWords(again));
    }

    /** What of a scenario file is for the program. */
    private static String withoutWords(Path file) throws IOException {
        return Files.readString(file).replaceAll("(?m)(?:^|  )# .*$|^(?:scenario|why): .*$", "");
    }

    @Test
    void writesNoScenarioWhereNothingFailed() {
        CommandLineRun run = CommandLineRun.of(
                "diagnose",
                healthy.toString(),
                "--scenario",
                folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nothing in the capture failed").hasLineCount(1);
    }

    @Test
    void refusesInOneSentenceWhatIsNoCaptureAndWhatIsNoKeyLog() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "this is no capture\n");

        CommandLineRun noCapture = CommandLineRun.of("diagnose", text.toString());
        CommandLineRun noKeys = CommandLineRun.of("diagnose", healthy.toString(), "--keylog", text.toString());
        CommandLineRun noFile =
                CommandLineRun.of("diagnose", folder.resolve("nowhere").toString());

        assertThat(Stream.of(noCapture, noKeys, noFile)).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).startsWith("fieldloop: ").hasLineCount(1);
        });
        assertThat(noKeys.err()).contains("holds no TLS secrets");
    }

    @Test
    void whatIsNoCaptureIsToldInTheLanguage() throws IOException {
        Path text = Files.writeString(folder.resolve("text.log"), "this is no capture\n");

        assertThat(CommandLineRun.of("diagnose", text.toString(), "--lang", "zh")
                        .err())
                .startsWith("fieldloop: " + text + "：以 74686973 开头的不是抓包文件；应为");
    }

    @Test
    void annotatesIntoNothingThatIsNoFile() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));

        CommandLineRun run = CommandLineRun.of("diagnose", healthy.toString(), "--annotate", there.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is there and no file").hasLineCount(1);
        assertThat(there).isDirectory();
    }

    @Test
    void endsWithThreeWhereThereIsNothingToJudge() throws IOException {
        byte[] header = {
            (byte) 0xA1,
            (byte) 0xB2,
            (byte) 0xC3,
            (byte) 0xD4,
            0,
            2,
            0,
            4,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1
        };
        Path nothing = Files.write(folder.resolve("nothing.pcap"), header);

        assertThat(CommandLineRun.of("diagnose", nothing.toString()).exitCode()).isEqualTo(3);
    }
}
