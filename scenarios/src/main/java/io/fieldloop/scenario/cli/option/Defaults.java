package io.fieldloop.scenario.cli.option;

import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.scenario.shape.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a team's {@code fieldloop.yaml} says of options that a command line leaves out: {@code run: { rig: socket }}.
 *
 * <p>It is looked for in the working directory and above, as other tools look for theirs, so a repository has one. The files and
 * folders that it names are meant from its own folder.
 */
public final class Defaults implements IDefaultValueProvider {
    private static final String NAME = "fieldloop.yaml";
    private static final int BYTES_MAX = 64 * 1024;

    private final Path file;
    private final Map<String, Map<String, String>> values = new TreeMap<>();

    private Defaults(Path file) {
        this.file = file;
    }

    /** The nearest file, from {@code folder} upwards, or null. */
    public static @Nullable Path above(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(NAME))) {
                return at.resolve(NAME);
            }
        }
        return null;
    }

    /** Reads {@code file}; throws {@link CliException} for what no command of {@code program} knows. */
    public static Defaults read(Path file, CommandLine program) {
        Defaults defaults = new Defaults(file);
        Object root = defaults.loaded();
        for (Map.Entry<?, ?> command :
                defaults.mapping(root, "commands and their options").entrySet()) {
            String name = String.valueOf(command.getKey());
            CommandLine known = program.getSubcommands().get(name);
            if (known == null) {
                throw defaults.wrong("there is no command " + name
                        + suggestion(name, program.getSubcommands().keySet()));
            }
            defaults.add(
                    name, defaults.mapping(command.getValue(), name + " with its options"), known.getCommandSpec());
        }
        return defaults;
    }

    private Object loaded() {
        String text = "";
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw wrong("it is larger than " + BYTES_MAX + " bytes");
            }
            text = Files.readString(file);
            return Objects.requireNonNullElse(new Load(LoadSettings.builder().build()).loadFromString(text), Map.of());
        } catch (YamlEngineException e) {
            YamlTree.parse(file.toString(), text, problem -> {
                throw new CliException(problem + ".");
            });
            throw unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private CliException unreadable(Exception why) {
        return wrong("it cannot be read: "
                + String.valueOf(why.getMessage()).lines().findFirst().orElse(""));
    }

    private Map<?, ?> mapping(Object node, String expected) {
        if (node instanceof Map<?, ?> mapping) {
            return mapping;
        }
        throw wrong("expected " + expected + ", such as run: { rig: socket }");
    }

    private void add(String command, Map<?, ?> options, CommandSpec known) {
        Map<String, String> given = new TreeMap<>();
        for (Map.Entry<?, ?> option : options.entrySet()) {
            String name = "--" + option.getKey();
            OptionSpec spec = known.findOption(name);
            if (spec == null) {
                throw wrong(command + " has no " + name
                        + suggestion(name, new TreeSet<>(known.optionsMap().keySet())));
            }
            given.put(spec.longestName(), value(command, spec, option.getValue()));
        }
        values.put(command, given);
    }

    private String value(String command, OptionSpec option, @Nullable Object value) {
        if (value instanceof List<?> several && !option.splitRegex().isEmpty()) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (value == null || value instanceof List<?> || value instanceof Map<?, ?>) {
            throw wrong(command + ": " + option.longestName() + " takes one plain value");
        }
        boolean isPath = option.auxiliaryTypes()[0] == Path.class;
        return isPath ? inItsFolder(value.toString()) : value.toString();
    }

    /** As whoever wrote the file meant it, from whichever folder below it a command is started. */
    private String inItsFolder(String path) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path here = Path.of("").toAbsolutePath().normalize();
        return folder == null || folder.equals(here)
                ? path
                : folder.resolve(path).toString();
    }

    private static String suggestion(String word, Collection<String> words) {
        return Nearest.to(word, words)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("; there are " + String.join(", ", words) + ".");
    }

    private CliException wrong(String what) {
        return new CliException(file + ": " + what + (what.endsWith("?") || what.endsWith(".") ? "" : "."));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? values.getOrDefault(option.command().name(), Map.of()).get(option.longestName())
                : null;
    }
}
