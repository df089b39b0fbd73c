package io.fieldloop.scenario.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalEntriesTest {
    private static final int MANY = 50_000;

    private final Journal journal = new Journal(() -> 0);

    @Test
    void whatADeviceDoesAgainAndAgainIsKeptOnce() {
        write(Map.of("connection", 1L));
        write(Map.of("connection", 2L));
        write(new LinkedHashMap<>(Map.of("connection", 1L)));

        assertThat(attributes(2)).isSameAs(attributes(0)).isNotSameAs(attributes(1));
    }

    @Test
    void eachOfManyKeepsItsOwnInTheOrderGiven() {
        for (int i = 0; i < MANY; i++) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("tag", "WS");
            attributes.put("bytes", (long) i);
            write(attributes);
        }

        assertThat(journal.entries())
                .hasSize(MANY)
                .allSatisfy(entry -> assertThat(entry.attributes())
                        .containsExactly(Map.entry("tag", "WS"), Map.entry("bytes", entry.sequence())));
    }

    @Test
    void theSameInAnotherOrderIsSomethingElse() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("from", "idle");
        one.put("to", "connecting");
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("to", "connecting");
        other.put("from", "idle");
        write(one);
        write(other);

        assertThat(attributes(1)).isEqualTo(attributes(0)).isNotSameAs(attributes(0));
        assertThat(attributes(1).keySet()).containsExactly("to", "from");
    }

    @Test
    void nobodyChangesWhatHappened() {
        Map<String, Object> mine = new LinkedHashMap<>(Map.of("bytes", 4L));
        write(mine);
        mine.put("bytes", 5L);

        assertThat(attributes(0)).containsExactly(Map.entry("bytes", 4L)).doesNotContainKey("frames");
        assertThat(attributes(0).get("frames")).isNull();
        assertThatThrownBy(() -> attributes(0).put("bytes", 6L)).isInstanceOf(UnsupportedOperationException.class);
    }

    private void write(Map<String, Object> attributes) {
        journal.write(Lane.DEVICE, "door", "pong-sent", attributes);
    }

    private Map<String, Object> attributes(int entry) {
        return journal.entries().get(entry).attributes();
    }
}
