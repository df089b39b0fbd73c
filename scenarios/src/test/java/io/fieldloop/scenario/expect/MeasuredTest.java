package io.fieldloop.scenario.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.verdict.ExpectationResult;
import io.fieldloop.scenario.verdict.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is measured over a journal, what it is compared with, and how it is told. */
final class MeasuredTest {
    private final JudgedJournal seen = new JudgedJournal();

    @Test
    void percentilesAreByNearestRank() {
        for (int millis = 1; millis <= 100; millis++) {
            seen.at(millis).device("door", "attempt-started", Map.of());
            seen.at(millis).device("door", "online", Map.of("elapsed", Duration.ofMillis(millis)));
        }
        assertThat(seen.judge(
                                "{ measure: hello-time, p95: \"<= 95ms\", p50: \"<= 50ms\", max: \"<= 100ms\", samples: 100 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult slow = seen.judge("{ measure: hello-time, p95: \"< 95ms\" }");
        assertThat(slow.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(slow.explanation()).contains("p95 95.000 ms", "expected p95 < 95ms");
    }

    @Test
    void aRoundTripIsFromAPingToThePongOfTheSameConnection() {
        Map<String, Object> first = Map.of("device", "door", "connection", 1);
        Map<String, Object> second = Map.of("device", "door", "connection", 2);
        seen.at(1).gateway("ping-sent", first);
        seen.at(2).gateway("ping-sent", second);
        seen.at(4).gateway("pong-received", first);
        seen.at(7).gateway("pong-received", second);
        seen.at(8).gateway("pong-received", second);
        assertThat(seen.judge("{ measure: round-trip, of: door, min: \">= 3s\", max: \"<= 5s\", samples: 2 }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        seen.unobservableLanes = Set.of(Lane.GATEWAY);
        assertThat(seen.judge("{ measure: round-trip, of: door, max: \"< 5s\" }")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void tooFewSamplesFail() {
        seen.at(1).device("door", "attempt-started", Map.of());
        seen.at(1).device("door", "online", Map.of("elapsed", Duration.ofMillis(1)));
        assertThat(seen.judge("{ measure: hello-time, p95: \"< 1s\", samples: \">= 2\" }")
                        .verdict())
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatWasMeasuredIsToldWithItsShapeAndTheWorstFirst() {
        for (int millis = 1; millis <= 30; millis++) {
            seen.at(millis).device("door", "attempt-started", Map.of());
            seen.at(millis).device("door", "online", Map.of("elapsed", Duration.ofMillis(millis)));
        }
        ExpectationResult slow = seen.judge("{ measure: hello-time, of: door, p90: \"< 20ms\" }");
        assertThat(slow.explanation())
                .isEqualTo("hello-time: 30 values, min 1.000 ms, p50 15.000 ms, p90 27.000 ms, p95 29.000 ms,"
                        + " p99 30.000 ms, max 30.000 ms; expected p90 < 20ms.");
        assertThat(slow.evidence()).hasSize(20).startsWith(59L, 57L, 55L);
        assertThat(seen.judge("{ measure: hello-time, of: door, min: \"> 20ms\" }")
                        .evidence())
                .startsWith(1L, 3L, 5L);
    }

    @Test
    void whatGaveNoValueSaysWhatItWouldHaveTaken() {
        seen.at(1).device("door", "online", Map.of());
        assertThat(seen.judge("{ measure: voice-lost, of: door, max: \"< 1s\" }")
                        .explanation())
                .startsWith("voice-lost: 0 values; 1 of 1 device gave none (measured is how much of the server's voice")
                .contains("for each channel over UDP that was closed)");
    }

    @Test
    void devicesAndAttemptsThatGaveNoValueAreCountedAndSaid() {
        seen.at(1).device("fleet#1", "attempt-started", Map.of());
        seen.at(2).device("fleet#1", "refused", Map.of("reason", "tcp-timeout"));
        seen.at(2).device("fleet#2", "attempt-started", Map.of());
        seen.at(3).device("fleet#2", "online", Map.of("elapsed", Duration.ofMillis(20)));
        ExpectationResult fine = seen.judge("{ measure: hello-time, of: fleet, max: \"< 1s\" }");
        assertThat(fine.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(fine.explanation()).endsWith("; 1 of 2 devices gave none; 1 of 2 failed.");
        assertThat(seen.judge("{ measure: hello-time, of: fleet, failed: \"<= 50%\" }")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        ExpectationResult tooMany = seen.judge("{ measure: hello-time, of: fleet, failed: \"< 1%\" }");
        assertThat(tooMany.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(tooMany.explanation()).endsWith("; 1 of 2 failed; expected failed < 1%.");
        assertThat(seen.judge("{ measure: hello-time, of: door, failed: \"< 1%\" }")
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aTurnThatCutsItsUserOffIsNotTalkedAndHasNoFirstAudio() {
        seen.at(1)
                .device(
                        "door",
                        "turn-completed",
                        Map.of("elapsed", Duration.ofSeconds(3), "first-audio", Duration.ofMillis(80)));
        seen.at(5)
                .device(
                        "door",
                        "turn-interrupted",
                        Map.of("elapsed", Duration.ofSeconds(3), "speech-cut", Duration.ofMillis(900)));
        assertThat(seen.judge("{ device: door, is: talked, after: 2s }").verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(seen.judge("{ device: door, is: interrupted, after: 2s }").verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(seen.judge("{ measure: speech-cut, of: door, max: \"< 500ms\", samples: 2 }")
                        .explanation())
                .contains("min 0.000 ms", "max 900.000 ms; expected max < 500ms");
        assertThat(seen.judge("{ measure: first-audio, of: door, max: \"< 2s\", samples: 1 }")
                        .explanation())
                .endsWith("max 80.000 ms; 1 of 2 failed.");
    }
}
