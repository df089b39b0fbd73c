package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as people have them: compressed, from Windows, or not a log at all. */
class LogFileTest {
    private static final String LOG = "E (7795) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x7F00\r\n".repeat(3);

    @TempDir
    private Path folder;

    private Diagnosis read(byte[] bytes, ConsoleDictionary dictionary) throws IOException {
        Path file = Files.write(folder.resolve("device.log"), bytes);
        return new LogDiagnosis(CauseTexts.bundled()).read(file.toString(), dictionary, entry -> {});
    }

    private List<String> causes(byte[] bytes) throws IOException {
        return read(bytes, null).findings().stream()
                .flatMap(finding -> finding.causes().stream())
                .map(Cause::word)
                .toList();
    }

    @Test
    void gzipAndUtf16AreRead() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(LOG.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(causes(packed.toByteArray())).containsExactly("heap-exhausted");
        assertThat(causes(LOG.getBytes(StandardCharsets.UTF_16))).containsExactly("heap-exhausted");
        assertThat(causes(LOG.getBytes(StandardCharsets.UTF_16LE))).containsExactly("heap-exhausted");
    }

    @Test
    void otherFilesAreToldForWhatTheyAre() {
        assertThatThrownBy(() -> read(new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 28}, null))
                .hasMessageEndingWith("device.log is no log but a capture (pcapng); `fieldloop diagnose` reads those.");
        assertThatThrownBy(() -> read(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1, 0}, null))
                .hasMessageContaining("a program (ELF)");
        byte[] image = new byte[4096];
        image[0] = (byte) 0xe9;
        Arrays.fill(image, 1, 200, (byte) 3);
        assertThatThrownBy(() -> read(image, null)).isInstanceOf(LogException.class);
        assertThatThrownBy(() -> read("hello\n".getBytes(StandardCharsets.UTF_8), null))
                .hasMessageContaining("none of its 1 lines");
    }

    @Test
    void aCostlyPatternOfAUsersDictionaryEndsWithASentence() throws IOException {
        Path words = Files.writeString(folder.resolve("mine.yaml"), """
                dictionary: mine
                extends: none
                lines:
                  - { tag: app, line: '(x+x+)+y', reason: tls-eof }
                """);
        ConsoleDictionary dictionary = ConsoleDictionary.load(words);
        byte[] log = ("E (1) app: " + "x".repeat(500) + "\n").getBytes(StandardCharsets.UTF_8);

        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> read(log, dictionary))
                        .isInstanceOf(LogException.class)
                        .hasMessageStartingWith(
                                "The pattern '(x+x+)+y' of the dictionary takes too many steps on the line 'xxx"));
    }
}
