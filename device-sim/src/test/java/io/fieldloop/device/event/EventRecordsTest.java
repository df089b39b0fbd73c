package io.fieldloop.device.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
    private enum Colour {
        DARK_RED
    }

    private enum Level {
        ERROR;

        @Override
        public String toString() {
            return "E";
        }
    }

    private record Outcome(int atByte, @Nullable String code) {}

    private record CameToAnEnd(
            Colour colour,
            Level level,
            Outcome outcome,
            Duration elapsed,
            @Nullable Integer status,
            InetAddress source,
            List<String> lines,
            Path log) {}

    private final CameToAnEnd event = new CameToAnEnd(
            Colour.DARK_RED,
            Level.ERROR,
            new Outcome(7, null),
            Duration.ofSeconds(1),
            null,
            InetAddress.getLoopbackAddress(),
            List.of("x"),
            Path.of("x"));

    @Test
    void theKindIsTheRecordsName() {
        assertThat(EventRecords.kind(CameToAnEnd.class)).isEqualTo("came-to-an-end");
    }

    @Test
    void attributesAreComponentsInOrderWithoutWhatIsAbsentOrHasNoPlainForm() {
        assertThat(EventRecords.attributes(event))
                .containsExactly(
                        Map.entry("colour", "dark-red"),
                        Map.entry("level", "E"),
                        Map.entry("at-byte", 7L),
                        Map.entry("elapsed", Duration.ofSeconds(1)),
                        Map.entry("source", "127.0.0.1"));
    }

    @Test
    void typesTellWhatThereCanBe() {
        assertThat(EventRecords.types(CameToAnEnd.class))
                .containsExactly(
                        Map.entry("colour", Colour.class),
                        Map.entry("level", Level.class),
                        Map.entry("at-byte", int.class),
                        Map.entry("code", String.class),
                        Map.entry("elapsed", Duration.class),
                        Map.entry("status", Integer.class),
                        Map.entry("source", InetAddress.class));
    }
}
