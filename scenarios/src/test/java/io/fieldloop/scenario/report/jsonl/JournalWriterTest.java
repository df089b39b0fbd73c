package io.fieldloop.scenario.report.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.SampleRun;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JournalWriterTest {
    @Test
    void writesOneLinePerEntryWithFixedKeysAndNineDecimals() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("reason", "certificate-expired");
        attributes.put("elapsed", Duration.ofNanos(733_000_001));
        attributes.put("alert-sent", 45L);
        attributes.put("share", 0.1);
        attributes.put("fatal", true);
        JournalEntry entry = new JournalEntry(4, 12_345_678_900L, Lane.DEVICE, "door", "refused", attributes);
        JournalEntry bare = new JournalEntry(5, 0, Lane.GATEWAY, "gateway", "gateway-started", Map.of());

        assertThat(JournalWriter.text(List.of(entry, bare)))
                .isEqualTo("{\"seq\":4,\"t\":12.345678900,\"lane\":\"device\",\"actor\":\"door\",\"kind\":\"refused\","
                        + "\"attributes\":{\"reason\":\"certificate-expired\",\"elapsed-seconds\":0.733000001,"
                        + "\"alert-sent\":45,\"share\":0.1,\"fatal\":true}}\n"
                        + "{\"seq\":5,\"t\":0.000000000,\"lane\":\"gateway\",\"actor\":\"gateway\","
                        + "\"kind\":\"gateway-started\",\"attributes\":{}}\n");
    }

    @Test
    void emptyJournalIsAnEmptyFile() {
        assertThat(JournalWriter.text(List.of())).isEmpty();
    }

    @Test
    void escapesWhatATerminalWouldObeyAndWhatUtf8CannotHold() {
        String hostile = "a\u001b[2J\u009b31m\u202e\ud800\u2028认证失败\n";
        String line = JournalWriter.text(List.of(withText(hostile)));

        assertThat(line)
                .contains("\"a\\u001B[2J\\u009B31m\\u202E\\uD800\\u2028认证失败\\n\"")
                .hasLineCount(1);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        List<JournalEntry> journal = SampleRun.scan().journal();

        assertThat(JournalReader.read(new StringReader(JournalWriter.text(journal)), "x"))
                .isEqualTo(journal);
    }

    @Test
    void readsBackHostileTextAndNegativeTimes() throws IOException {
        JournalEntry entry = new JournalEntry(0, -5, Lane.LINK, "\"}\n", "k", Map.of("skew", Duration.ofMillis(-1500)));

        assertThat(JournalReader.read(new StringReader(JournalWriter.text(List.of(entry))), "x"))
                .containsExactly(entry);
    }

    @Test
    void saysWhichLineIsNoEntry() {
        String good = JournalWriter.text(List.of(withText("x")));

        assertThatThrownBy(() -> JournalReader.read(new StringReader(good + "{\"t\":1}\n"), "door.jsonl"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("door.jsonl:2: not a journal entry: key seq is missing or out of order");
        assertThatThrownBy(() -> JournalReader.read(new StringReader(good + "oops\n"), "door.jsonl"))
                .hasMessageStartingWith("door.jsonl:2: not a journal entry");
        assertThatThrownBy(() -> JournalReader.read(new StringReader(good.replace("gateway", "moon")), "door.jsonl"))
                .hasMessageStartingWith("door.jsonl:1: not a journal entry");
    }

    private static JournalEntry withText(String text) {
        return new JournalEntry(0, 1, Lane.GATEWAY, "gateway", "handshake-refused", Map.of("first-bytes", text));
    }
}
