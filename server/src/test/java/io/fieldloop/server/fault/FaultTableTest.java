package io.fieldloop.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault that nobody acts on stops the class that should, when it is loaded. */
final class FaultTableTest {
    sealed interface Dummy {}

    sealed interface Nested extends Dummy {}

    record Known() implements Dummy {}

    record Forgotten() implements Nested {}

    @Test
    void refusesToBeMadeWithoutAnActionForEveryFault() {
        FaultTable<List<String>, Dummy> table =
                new FaultTable<List<String>, Dummy>(Dummy.class).on(Known.class, (told, fault) -> told.add("known"));

        assertThatThrownBy(table::complete)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No action for the faults [Forgotten] of Dummy");
    }

    @Test
    void actsByTheKindOfFault() {
        FaultTable<List<String>, Dummy> table = new FaultTable<List<String>, Dummy>(Dummy.class)
                .on(Known.class, (told, fault) -> told.add("known"))
                .on(Forgotten.class, (told, fault) -> told.add("not forgotten"))
                .complete();
        List<String> told = new ArrayList<>();

        table.act(told, new Forgotten());
        table.act(told, new Known());

        assertThat(told).containsExactly("not forgotten", "known");
    }
}
