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

    /** Whether these words follow the program's name. */
    private static final String FISH_AT = """
            function __fieldloop_at
                set -l words (commandline -opc) ''
                set -e words[1]
                string match -q -- (string join -- ' ' $argv '')'*' (string join -- ' ' $words)
            end
            """;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SHELL",
            converter = ShellConverter.class,
            completionCandidates = ShellConverter.class,
            description = "bash, zsh or fish.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.FISH) {
            out.print(FISH_AT);
            fish(program, "", out);
        } else {
            // zsh reads it through its bashcompinit, which the script starts itself.
            out.print(AutoComplete.bash("fieldloop", program));
        }
        out.flush();
        return 0;
    }

    /** @param path the words that lead to the command, each after a space; none for the program itself */
    private static void fish(CommandLine command, String path, PrintWriter out) {
        CommandSpec spec = command.getCommandSpec();
        String inIt = "complete -c fieldloop -n '__fieldloop_at" + path;
        for (OptionSpec option : spec.options()) {
            Iterable<String> words = option.completionCandidates();
            String value = words == null ? " -r" : " -x -a " + quoted(String.join(" ", words));
            out.println(inIt + "' -l " + option.longestName().substring(2)
                    + (option.arity().max() > 0 ? value : "") + " -d " + quoted(option.description()));
        }
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            Iterable<String> words =
                    spec.helpCommand() ? spec.root().subcommands().keySet() : positional.completionCandidates();
            if (words != null) {
                out.println(inIt + "' -a " + quoted(String.join(" ", words)));
            }
        }
        for (Map.Entry<String, CommandLine> next : command.getSubcommands().entrySet()) {
            String[] does = next.getValue().getCommandSpec().usageMessage().description();
            out.println(inIt + "; and test (count (commandline -opc)) -eq " + path.split(" ").length + "' -f -a "
                    + next.getKey() + " -d " + quoted(does));
            fish(next.getValue(), path + " " + next.getKey(), out);
        }
    }

    /** In quotes as fish has them; of a description the first line. */
    private static String quoted(String... text) {
        String first = text.length == 0 ? "" : text[0];
        return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
