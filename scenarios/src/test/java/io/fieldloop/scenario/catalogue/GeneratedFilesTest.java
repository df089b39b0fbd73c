package io.fieldloop.scenario.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that are generated and checked in; run with {@code -Dfieldloop.refresh=true} to write them anew. */
class GeneratedFilesTest {
    @Test
    void schemaIsUpToDate() throws IOException {
        assertUpToDate(Path.of("src/main/resources", ScenarioSchema.RESOURCE), ScenarioSchema.json());
    }

    @Test
    void formatReferenceIsUpToDate() throws IOException {
        assertUpToDate(Path.of("FORMAT.md"), FormatReference.markdown());
    }

    private static void assertUpToDate(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("fieldloop.refresh")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("stale: run this test with -Dfieldloop.refresh=true and check the file in")
                .content()
                .isEqualTo(generated);
    }
}
