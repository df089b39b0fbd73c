package io.fieldloop.scenario.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fieldloop.scenario.loader.ExampleFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema and the loader agree, as judged by somebody else's validator on somebody else's reading of the YAML. */
class ScenarioSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioSchema.json(), InputFormat.JSON);

    static List<Path> valid() {
        return Stream.concat(ExampleFiles.valid().stream(), ExampleFiles.suite().stream())
                .toList();
    }

    static List<Path> brokenInForm() {
        return ExampleFiles.broken().stream()
                .filter(ExampleFiles::isSeenBySchema)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsWhatTheLoaderAccepts(Path file) {
        assertThat(errors(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("brokenInForm")
    void refusesWhatTheLoaderRefuses(Path file) {
        assertThat(errors(file)).isNotEmpty();
    }

    @Test
    void isItselfAValidSchema() throws Exception {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(JSON.readTree(ScenarioSchema.json()))).isEmpty();
    }

    private static List<Error> errors(Path file) {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(ExampleFiles.text(file));
        return SCHEMA.validate(JSON.<JsonNode>valueToTree(yaml));
    }
}
