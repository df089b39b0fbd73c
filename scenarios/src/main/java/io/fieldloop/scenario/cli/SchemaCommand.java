package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.catalogue.ScenarioSchema;
import io.fieldloop.scenario.cli.option.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fieldloop schema}: the JSON Schema of scenario files, for editors. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of scenario files.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(ScenarioSchema.json());
        return 0;
    }
}
