package io.fieldloop.scenario.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReproductionTest {
    private final List<JournalEntry> journal = new ArrayList<>();

    @Test
    void isAPassedCaseWithAFixWhoseExpectationsRestOnAFailure() {
        add(Lane.DEVICE, "door", "refused", Map.of("reason", "tls-eof"));
        add(Lane.DEVICE, "door", "online", Map.of());

        assertThat(result("Do this.", Verdict.PASSED, 0L).reproduction()).isPresent();
        assertThat(result(null, Verdict.PASSED, 0L).reproduction()).isEmpty();
        assertThat(result("Do this.", Verdict.FAILED, 0L).reproduction()).isEmpty();
        assertThat(result("Do this.", Verdict.PASSED, 1L).reproduction()).isEmpty();
    }

    @Test
    void aUserWhoHangsUpIsNoBug() {
        add(Lane.DEVICE, "door", "offline", Map.of("reason", "closed-by-user"));
        assertThat(result("Do this.", Verdict.PASSED, 0L).reproduction()).isEmpty();
    }

    @Test
    void knowsTheConsoleLineWithTheCodeAndWhatTheGatewayWroteOfTheSameAttempt() {
        add(Lane.DEVICE, "door", "attempt-started", Map.of());
        add(Lane.GATEWAY, "gateway", "session-closed", Map.of("device", "door", "reason", "device-dropped"));
        add(Lane.DEVICE, "door", "log", Map.of("level", "E", "message", "mbedtls_ssl_handshake returned -0x2700"));
        add(Lane.DEVICE, "door", "log", Map.of("level", "E", "message", "Failed to connect"));
        add(Lane.GATEWAY, "gateway", "handshake-refused", Map.of("device", "door", "reason", "tls-alert-received"));
        add(Lane.DEVICE, "door", "refused", Map.of("reason", "certificate-expired", "code", "-0x2700"));

        Reproduction bug = result("Do this.", Verdict.PASSED, 5L).reproduction().orElseThrow();
        assertThat(Objects.requireNonNull(bug.console()).sequence()).isEqualTo(2);
        assertThat(Objects.requireNonNull(bug.gateway()).sequence()).isEqualTo(4);
    }

    private void add(Lane lane, String actor, String kind, Map<String, Object> attributes) {
        journal.add(new JournalEntry(journal.size(), journal.size() * 1_000L, lane, actor, kind, attributes));
    }

    private ScenarioResult result(@Nullable String fix, Verdict verdict, long evidence) {
        About about = new About("A bug", null, fix, List.of(), List.of(), new SourcePosition("a.yaml", 1, 1));
        return new ScenarioResult(
                "a/b",
                about,
                RigKind.VIRTUAL,
                1,
                verdict,
                null,
                List.of(new ExpectationResult("{}", "a.yaml:3", verdict, "It was so.", List.of(evidence))),
                journal,
                Duration.ZERO,
                Duration.ZERO,
                "fieldloop run a/b");
    }
}
