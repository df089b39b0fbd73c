package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.catalogue.ScenarioSchema;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.explain.Translation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop init}: a scenario to start from. */
@Command(
        name = "init",
        description = "Writes a scenario that can be run, with a comment at each part, and the schema by which editors"
                + " complete and check it.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    private static final String SCHEMA = "fieldloop.schema.json";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where (default: scenarios/my.yaml).")
    private Path file = Path.of("scenarios", "my.yaml");

    @Mixin
    private LanguageOption lang = new LanguageOption();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Override
    public Integer call() {
        Translation language = lang.translation(program.environment());
        if (Files.exists(file)) {
            throw new CliException(file + " is there already; name another file.");
        }
        Path schema = file.resolveSibling(SCHEMA);
        try (InputStream template = InitCommand.class.getResourceAsStream("init." + language.code() + ".yaml")) {
            if (template == null) {
                throw new IllegalStateException("This build of Fieldloop has no scenario to start from.");
            }
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Files.writeString(schema, ScenarioSchema.json());
            Files.writeString(
                    file,
                    new String(template.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("{{schema}}", SCHEMA)
                            .replace("{{file}}", file.toString()));
        } catch (IOException e) {
            throw CliException.unwritable(file.toString(), e);
        }
        spec.commandLine().getOut().println(language.say("Wrote {0} and {1}. Run it: fieldloop run {0}", file, schema));
        return 0;
    }
}
