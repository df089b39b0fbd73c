package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.Converters;
import io.fieldloop.scenario.cli.option.Version;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fieldloop completion}: what a shell needs to complete commands, options, and names of scenarios. */
@Command(
        name = "completion",
        description = {
            "Prints what a shell needs to complete commands, options and scenarios.",
            "bash, zsh: source <(fieldloop completion bash); fish: fieldloop completion fish | source"
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    /** Whose completion is asked for. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The shell of a word. */
    static final class ShellConverter extends Converters.Word<Shell> {
        ShellConverter() {
            super("completion for the shell", Shell.values(), Shell::word);
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", converter = ShellConverter.class, description = "bash, zsh or fish.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.FISH) {
            fish(program, out);
        } else {
            // zsh reads it through its bashcompinit, which the script starts itself.
            out.print(AutoComplete.bash("fieldloop", program));
            out.flush();
        }
        return 0;
    }

    private static void fish(CommandLine program, PrintWriter out) {
        for (Map.Entry<String, CommandLine> command : program.getSubcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            out.println("complete -c fieldloop -n __fish_use_subcommand -f -a " + command.getKey() + " -d "
                    + quoted(spec.usageMessage().description()));
            String inIt = "complete -c fieldloop -n '__fish_seen_subcommand_from " + command.getKey() + "' ";
            for (OptionSpec option : spec.options()) {
                if (option.longestName().startsWith("--")) {
                    out.println(inIt + "-l " + option.longestName().substring(2)
                            + (option.arity().max() > 0 ? " -r" : "") + " -d " + quoted(option.description()));
                }
            }
            for (PositionalParamSpec positional : spec.positionalParameters()) {
                if (positional.completionCandidates() != null) {
                    out.println(inIt + "-a " + quoted(String.join(" ", positional.completionCandidates())));
                }
            }
        }
    }

    /** In quotes as fish has them; of a description the first line. */
    private static String quoted(String... text) {
        String first = text.length == 0 ? "" : text[0];
        return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
