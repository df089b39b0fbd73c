package io.fieldloop.scenario.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class DispatchTest {
    private sealed interface Order permits Sit, Tricks {}

    private record Sit() implements Order {}

    private sealed interface Tricks extends Order permits Roll, Dummy {}

    private record Roll(int times) implements Tricks {}

    /** Stands for a record that is added without an action. */
    private record Dummy() implements Tricks {}

    private static Dispatch.Table<String, Order, String> tableWithoutTheDummy() {
        return Dispatch.<String, Order, String>over(Order.class)
                .on(Sit.class, (dog, sit) -> dog + " sits")
                .on(Roll.class, (dog, roll) -> dog + " rolls " + roll.times() + " times");
    }

    @Test
    void isNotMadeWhileARecordHasNoAction() {
        assertThatIllegalStateException()
                .isThrownBy(() -> tableWithoutTheDummy().complete())
                .withMessage("no action for Dummy of Order");
    }

    @Test
    void actsByTheRecordsType() {
        Dispatch<String, Order, String> whole = tableWithoutTheDummy()
                .on(Dummy.class, (dog, dummy) -> dog + " waits")
                .complete();
        assertThat(whole.act("Rex", new Roll(2))).isEqualTo("Rex rolls 2 times");
        assertThat(whole.act("Rex", new Dummy())).isEqualTo("Rex waits");
    }
}
