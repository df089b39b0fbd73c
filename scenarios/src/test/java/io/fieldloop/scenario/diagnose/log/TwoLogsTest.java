package io.fieldloop.scenario.diagnose.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device's console and its server's log of the same time become one story, and none where their clocks cannot be aligned. */
final class TwoLogsTest {
    private static final String DEVICE = """
            I (1210) WS: Connecting to websocket server: ws://192.168.1.10:8000/xiaozhi/v1/ with version: 1
            E (11300) WS: Failed to receive server hello
            I (31210) WS: Connecting to websocket server: ws://192.168.1.10:8000/xiaozhi/v1/ with version: 1
            E (41300) WS: Failed to receive server hello
            """;
    private static final String COMES = "[0.8.1][core.connection]-INFO-192.168.1.55 conn - Headers: {}\n";
    private static final String REFUSED = "[0.8.1][core.connection]-ERROR-认证失败: Invalid token\n";

    @TempDir
    private Path folder;

    @Test
    void theServersLineAtTheSameTimeSaysWhyTheDeviceFailed() throws IOException {
        Finding story = story(
                DEVICE,
                "260301 08:15:02" + COMES + "260301 08:15:12" + REFUSED + "260301 08:15:32" + COMES + "260301 08:15:42"
                        + REFUSED);

        assertThat(story.seen().get(0).shown()).startsWith("0.0 s of the device is 08:15:00");
        assertThat(story.seen().get(0).says()).startsWith("4 lines of the device have");
        assertThat(story.seen())
                .extracting(Evidence::place)
                .containsSubsequence("+1.2 s device, line 1", "+11.3 s device, line 2", "+41.3 s device, line 4");
        assertThat(story.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.word()).isEqualTo("token-refused-after-upgrade");
            assertThat(cause.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(cause.evidence()).extracting(Evidence::shown).anyMatch(shown -> shown.contains("认证失败"));
        });
    }

    /** Somebody else's refusal, at another time, is none of this device's. */
    @Test
    void whatTheServerHasNoLineForHappenedElsewhere() throws IOException {
        Finding story =
                story(DEVICE, "260301 08:15:02" + COMES + "260301 08:15:32" + COMES + "260301 08:16:50" + REFUSED);

        assertThat(story.causes()).isEmpty();
        assertThat(story.seen())
                .last()
                .extracting(Evidence::shown)
                .isEqualTo("no line at 2 of the device's 2 failures, first at 11.3 s");
    }

    /** Two days on which the same thing was to be seen: either could be this one. */
    @Test
    void tellsNoStoryWhereTheClocksFitInSeveralWays() throws IOException {
        Finding story = story(
                DEVICE.lines().limit(2).reduce("", (all, line) -> all + line + "\n"),
                "260301 08:15:02" + COMES + "260301 08:15:12" + REFUSED + "260301 09:44:10" + COMES + "260301 09:44:20"
                        + REFUSED);

        assertThat(story.causes()).isEmpty();
        assertThat(story.seen()).singleElement().satisfies(clocks -> {
            assertThat(clocks.shown()).isEqualTo("not aligned");
            assertThat(clocks.says()).contains("08:15:00", "09:44:08");
        });
    }

    @Test
    void oneLineOfEachAlignsAnyClocksAndIsNoMoreThanPossible() throws IOException {
        Finding story = story("E (41300) WS: Failed to receive server hello\n", "260301 08:15:12" + REFUSED);

        assertThat(story.causes()).singleElement().satisfies(cause -> {
            assertThat(cause.confidence()).isEqualTo(Confidence.POSSIBLE);
            assertThat(cause.tells()).singleElement().asString().contains("a second pair of lines");
        });
    }

    @Test
    void needsOneLogOfEachEnd() throws IOException {
        LogReading device = read("one.log", DEVICE);

        assertThatThrownBy(() -> TwoLogs.together(device, device))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("are both consoles of devices");
    }

    private Finding story(String device, String server) throws IOException {
        return TwoLogs.together(read("server.log", server), read("device.log", device))
                .findings()
                .get(0);
    }

    private LogReading read(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return new LogDiagnosis(CauseTexts.bundled()).readAll(file.toString(), null, entry -> {});
    }
}
