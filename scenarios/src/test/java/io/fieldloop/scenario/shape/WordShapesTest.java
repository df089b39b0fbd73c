package io.fieldloop.scenario.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WordShapesTest {
    @Test
    void aListThatOthersOwnIsReadOnceAndOnlyWhenAWordIsAskedFor() {
        AtomicInteger reads = new AtomicInteger();
        Shape.Text probe = WordShapes.of("probe", () -> {
            reads.incrementAndGet();
            return Map.of("port-scan", "");
        });
        assertThat(reads).hasValue(0);

        assertThat(probe.words()).containsOnlyKeys("port-scan");
        assertThat(probe.expected()).isEqualTo("one of port-scan");
        assertThat(reads).hasValue(1);
    }
}
