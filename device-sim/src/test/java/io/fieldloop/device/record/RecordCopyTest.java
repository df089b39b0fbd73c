package io.fieldloop.device.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordCopyTest {
    private static final Outer OUTER = new Outer("name", new Inner(1, 2));

    public record Inner(int first, int second) {
        public Inner {
            if (first < 0) {
                throw new IllegalArgumentException("first is negative");
            }
        }
    }

    public record Outer(@Nullable String name, Inner inner) {}

    @Test
    void changesWhatIsNamedAndNothingElse() {
        assertThat(RecordCopy.with(OUTER, "name", "other")).isEqualTo(new Outer("other", new Inner(1, 2)));
        assertThat(RecordCopy.with(OUTER, "name", null)).isEqualTo(new Outer(null, new Inner(1, 2)));
    }

    @Test
    void reachesIntoRecordsWithin() {
        assertThat(RecordCopy.with(OUTER, "inner.second", 3)).isEqualTo(new Outer("name", new Inner(1, 3)));
    }

    @Test
    void aRecordRefusesACopyAsItRefusesAnyOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCopy.with(OUTER, "inner.first", -1))
                .withMessage("first is negative");
    }

    @Test
    void refusesAComponentThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCopy.with(OUTER, "inner.third", 3));
    }
}
