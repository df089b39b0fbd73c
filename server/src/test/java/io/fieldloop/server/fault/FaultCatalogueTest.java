package io.fieldloop.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.server.event.WireNames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultCatalogueTest {
    @Test
    void listsEveryFaultWithItsPhaseAndALineForUsers() {
        List<FaultCatalogue.Entry> entries = FaultCatalogue.entries();

        assertThat(entries).hasSize(78);
        assertThat(entries).extracting(FaultCatalogue.Entry::name).doesNotHaveDuplicates();
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.description()).endsWith(".");
            assertThat(entry.type().isRecord()).isTrue();
        });
        assertThat(entries).isSortedAccordingTo((a, b) -> a.phase().compareTo(b.phase()));
    }

    @Test
    void namesFaultsAndParametersAsScenarioFilesDo() {
        FaultCatalogue.Entry split = FaultCatalogue.named("split-response").orElseThrow();
        assertThat(split.type()).isEqualTo(UpgradeFault.SplitResponse.class);
        assertThat(Arrays.stream(split.type().getRecordComponents()).map(WireNames::of))
                .containsExactly("bytes", "every");
        assertThat(FaultCatalogue.named("answer-http10")).isPresent();
        assertThat(FaultCatalogue.named("no-such-fault")).isEmpty();
    }

    @Test
    void refusesARangeThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Fault(new TlsFault.StallTls(), 3, 2))
                .hasMessage(
                        "A fault applies to connections 3..2, but a range counts from 1 and does not end before it begins.");
    }

    @Test
    void dealsFaultsOutByOrdinalAndAnewForEachPlan() {
        FaultPlan plan = new FaultPlan(List.of(new Fault(new UpgradeFault.OmitAccept(), 2, 3)));
        assertThat(plan.forNextConnection(String.class)).isEmpty();
        assertThat(plan.forNextConnection(String.class)).hasSize(1);
        assertThat(plan.forNextConnection(String.class)).hasSize(1);
        assertThat(plan.forNextConnection(String.class)).isEmpty();
    }

    @Test
    void aConnectionOfAnotherKindOfListenerTakesNoNumber() {
        FaultPlan plan = new FaultPlan(List.of(new Fault(new HelloFault.OmitHello(), 1, 1)));

        assertThat(plan.forNextConnection(Integer.class)).hasSize(1);
        assertThat(plan.forNextConnection(String.class)).hasSize(1);
        assertThat(plan.forNextConnection(String.class)).isEmpty();
    }
}
