package io.fieldloop.scenario.catalogue;

import io.fieldloop.scenario.shape.schema.JsonSchemaWriter;

/** The JSON Schema of scenario files, for editors that complete and check them. */
public final class ScenarioSchema {
    /** Name of the resource, at the root of the jar, that holds {@link #json()}. */
    public static final String RESOURCE = "fieldloop.schema.json";

    private ScenarioSchema() {}

    /** The schema as indented JSON. */
    public static String json() {
        return JsonSchemaWriter.write("urn:fieldloop:scenario", "Fieldloop scenario", ScenarioDialect.scenario());
    }
}
