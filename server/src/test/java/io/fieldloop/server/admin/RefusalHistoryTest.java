package io.fieldloop.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.server.event.RefusalClass;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalHistoryTest {
    private final RefusalHistory history = new RefusalHistory();

    @Test
    void countsWhatIsNewInEachSpan() {
        history.second(Map.of(RefusalClass.TOKEN, 3L));
        history.second(Map.of(RefusalClass.TOKEN, 5L));
        pass(RefusalHistory.SECONDS_PER_SPAN - 2, 5L);
        history.second(Map.of(RefusalClass.TOKEN, 6L));

        JsonNode spans = history.json().path("by-class").path("token");
        assertThat(spans).hasSize(RefusalHistory.SPANS);
        assertThat(spans.get(RefusalHistory.SPANS - 2).asLong()).isEqualTo(5);
        assertThat(spans.get(RefusalHistory.SPANS - 1).asLong()).isOne();
    }

    @Test
    void forgetsWhatIsOlderThanItsSpans() {
        history.second(Map.of(RefusalClass.TOKEN, 3L));
        pass(RefusalHistory.SECONDS_PER_SPAN * RefusalHistory.SPANS, 3L);

        assertThat(history.json().path("by-class").path("token"))
                .hasSize(RefusalHistory.SPANS)
                .allMatch(span -> span.asLong() == 0);
    }

    private void pass(int seconds, long total) {
        for (int i = 0; i < seconds; i++) {
            history.second(Map.of(RefusalClass.TOKEN, total));
        }
    }
}
