package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.RefusalAdvice;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.fault.FaultCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's tables are the enums' own words; a failure shows the rows to put there. */
class ReadmeTablesTest {
    @Test
    void listsEveryReason() throws IOException {
        RefusalAdvice advice = RefusalAdvice.bundled();
        assertReadmeHas(Arrays.stream(RefusalReason.values())
                .map(reason -> "| `" + reason.wireName() + "` | `"
                        + reason.refusalClass().wireName() + "` | "
                        + (reason.status() == null ? "" : reason.status()) + " | " + reason.explanation() + " | "
                        + String.join(" ", advice.of(reason)) + " |")
                .collect(Collectors.joining("\n")));
    }

    @Test
    void listsEveryFault() throws IOException {
        assertReadmeHas(FaultCatalogue.entries().stream()
                .map(fault -> "| `" + fault.name() + "` | "
                        + Arrays.stream(fault.type().getRecordComponents())
                                .map(component -> "`" + WireNames.of(component) + "`")
                                .collect(Collectors.joining(", "))
                        + " | " + WireNames.kebab(fault.phase().name()) + " | " + fault.description() + " |")
                .collect(Collectors.joining("\n")));
    }

    @Test
    void listsEveryWayASessionEnds() throws IOException {
        assertReadmeHas(Arrays.stream(CloseReason.values())
                .map(reason -> "`" + reason.wireName() + "`")
                .collect(Collectors.joining(", ")));
    }

    private static void assertReadmeHas(String text) throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).containsIgnoringWhitespaces(text);
    }
}
