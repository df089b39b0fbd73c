package io.fieldloop.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be examined is one sentence and exit code 2, never a stack trace. */
class ProbeCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "voice.example | 'voice.example' begins with no scheme that leads to a WebSocket server",
                "wss://no-such-host.invalid/ | The name no-such-host.invalid does not resolve",
                "ws://127.0.0.1:1/ | Nothing can be reached at 127.0.0.1 port 1: connection refused.",
                "wss://voice.example/ --address voice | --address voice is no address",
                "wss://voice.example/ --ca /nowhere | The file /nowhere of --ca cannot be read",
                "wss://voice.example/ --token @/nowhere | The file /nowhere of --token cannot be read",
                "wss://voice.example/ --profile xiaozhi | --profile: Unknown device profile 'xiaozhi'",
                "wss://voice.example/ --watch 5 | --watch 5 has no unit",
                "wss://voice.example/ --connections-per-second 0 | --connections-per-second 0.0 is no pace",
                "--json | Missing required parameter: 'URL'"
            })
    void isOneSentence(String arguments, String sentence) {
        CommandLineRun run = CommandLineRun.of(("probe " + arguments).split(" "));
        assertThat(run.err().lines().filter(line -> !line.startsWith("…")))
                .singleElement()
                .asString()
                .startsWith("fieldloop: ")
                .contains(sentence);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aFileWithoutCertificatesIsOneSentence() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        CommandLineRun run = CommandLineRun.of("probe", "wss://voice.example/", "--ca", empty.toString());
        assertThat(run.err()).startsWith("fieldloop: The file " + empty + " of --ca holds no certificate");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
