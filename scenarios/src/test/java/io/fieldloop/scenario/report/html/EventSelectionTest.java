package io.fieldloop.scenario.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.report.SampleJournal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EventSelectionTest {
    private final List<JournalEntry> journal = twoBurstsBesideAConversation();

    @Test
    void showsAJournalThatFitsWhole() {
        assertThat(new EventSelection(journal, Set.of()).within(10_000_000))
                .hasSameSizeAs(journal)
                .noneMatch(ShownEvent::folded);
    }

    @Test
    void foldsWhatIsAlikeAndLosesNoCount() {
        for (long bytesMax : List.of(200_000L, 20_000L, 2_000L, 300L)) {
            List<ShownEvent> shown = new EventSelection(journal, Set.of()).within(bytesMax);
            assertThat(shown.stream().mapToInt(ShownEvent::count).sum()).isEqualTo(journal.size());
            assertThat(shown).anyMatch(ShownEvent::folded);
        }
    }

    @Test
    void keepsTheRareEventsAndThePictureOfWhenTheOthersHappened() {
        List<ShownEvent> shown = new EventSelection(journal, Set.of()).within(6_000);

        assertThat(shown)
                .filteredOn(event -> event.first().kind().equals("turn-completed"))
                .hasSize(3)
                .noneMatch(ShownEvent::folded);
        assertThat(shown).filteredOn(ShownEvent::folded).hasSizeGreaterThanOrEqualTo(2);
        assertThat(shown)
                .filteredOn(ShownEvent::folded)
                .noneMatch(event -> event.first().nanos() < 2_000_000_000L && event.lastNanos() > 60_000_000_000L);
    }

    @Test
    void evidenceAndStepsStaySingle() {
        Set<Long> evidence = Set.of(700L, 1501L);
        List<ShownEvent> shown = new EventSelection(journal, evidence).within(6_000);

        assertThat(shown)
                .filteredOn(event -> evidence.contains(event.first().sequence())
                        || event.first().lane() == Lane.SCENARIO)
                .hasSize(3)
                .noneMatch(ShownEvent::folded);
    }

    @Test
    void budgetGivesTheSmallAllTheyWantAndTroubleMore() {
        long[] shares = SizeBudget.share(1000, new long[] {50, 5000, 5000}, new int[] {1, 1, 8});

        assertThat(shares).containsExactly(50, 106, 844);
    }

    private static List<JournalEntry> twoBurstsBesideAConversation() {
        SampleJournal journal = new SampleJournal();
        journal.add(0, Lane.SCENARIO, "step", "step-began", "verb", "attack", "step", "attack: rdp");
        for (int i = 0; i < 1000; i++) {
            journal.add(
                    1 + i,
                    Lane.GATEWAY,
                    "gateway",
                    "handshake-refused",
                    "reason",
                    "rdp-scan",
                    "source",
                    "127.9.0." + i % 50);
            journal.add(
                    100_000 + i,
                    Lane.GATEWAY,
                    "gateway",
                    "handshake-refused",
                    "reason",
                    "rdp-scan",
                    "source",
                    "127.9.0." + i % 50);
        }
        for (int turn = 0; turn < 3; turn++) {
            journal.add(500 + turn * 40_000L, Lane.DEVICE, "desk", "turn-completed");
        }
        return journal.entries();
    }
}
