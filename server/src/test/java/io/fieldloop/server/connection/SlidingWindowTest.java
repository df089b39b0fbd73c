package io.fieldloop.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingWindowTest {
    private static final long WINDOW_NANOS = 1000;

    private static SlidingWindow window(int count) {
        return new SlidingWindow(new Rate(count, Duration.ofNanos(WINDOW_NANOS)));
    }

    /** Counts around the sizes its memory grows by. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 100})
    void agreesWithAListOfAllTimes(int count) {
        SlidingWindow window = window(count);
        Deque<Long> times = new ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(count);
        long now = 0;
        int crossings = 0;
        for (int i = 0; i < 20 * count + 100; i++) {
            now += random.nextLong(2 * WINDOW_NANOS / count);
            times.add(now);
            if (times.size() > count) {
                times.remove();
            }
            boolean crossed = times.size() == count && now - times.element() <= WINDOW_NANOS;
            crossings += crossed ? 1 : 0;
            assertThat(window.crossedBy(now)).as("occurrence %d", i).isEqualTo(crossed);
            assertThat(window.quiet(now + WINDOW_NANOS)).isFalse();
            assertThat(window.quiet(now + WINDOW_NANOS + 1)).isTrue();
            if (random.nextInt(5 * count) == 0) {
                window.clear();
                times.clear();
                assertThat(window.quiet(now)).isTrue();
            }
        }
        assertThat(crossings).isPositive();
    }

    @Test
    void aHugeCountCostsNothingBeforeItHappens() {
        SlidingWindow[] sources = new SlidingWindow[10_000];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = window(999_999_999);
            assertThat(sources[i].crossedBy(0)).isFalse();
        }
    }
}
