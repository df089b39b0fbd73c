package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Defaults;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.UsageErrors;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.report.text.VisibleWriter;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.socket.ResourceShortage;
import io.fieldloop.scenario.suite.UnknownCaseException;
import io.fieldloop.scenario.suite.shard.ShardException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code fieldloop} program. */
@Command(
        name = "fieldloop",
        description = "Runs connection scenarios of ESP32 devices against a gateway, and says what went wrong and why.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {
    /** Exit code when nothing can be concluded (DESIGN section 9). */
    static final int NOTHING_CONCLUDED = 2;

    /** Of {@code st_mode} (inode(7)). */
    private static final int TYPE = 0170000;

    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;

    /** Names the file of {@link Defaults} in place of the nearest. */
    private static final String DEFAULTS = "FIELDLOOP_DEFAULTS";

    private static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            RunCommand.class,
            MergeCommand.class,
            CompareCommand.class,
            CheckCommand.class,
            ListCommand.class,
            LinkCommand.class,
            FrontCommand.class,
            ExplainCommand.class,
            DiagnoseCommand.class,
            SchemaCommand.class,
            ServeCommand.class,
            ModemCommand.class,
            ProbeCommand.class,
            FirmwareCommand.class,
            ReplayCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Map<String, String> environment;

    private Main(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public static void main(String[] args) {
        if (!asksVersion(args)) {
            Libraries.NETTY.setLevel(Level.OFF);
        }
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(System.getenv(), out, err, args);
        boolean lost = out.checkError() && !hasReader();
        if (lost) {
            err.println("fieldloop: not all could be printed: standard output is closed, or its disk is full.");
        }
        System.exit(exitCode == 0 && lost ? NOTHING_CONCLUDED : exitCode);
    }

    /** Whether it goes into a pipe or a socket, whose reader may go when it has read enough, as {@code head} does. */
    private static boolean hasReader() {
        try {
            int type = (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode") & TYPE;
            return type == FIFO || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noSuchPlace) {
            return false;
        }
    }

    /** Answered before anything else is looked at: to read what commands there are takes longer than all the rest. */
    private static boolean asksVersion(String... args) {
        return args.length == 1 && List.of("-V", "--version").contains(args[0]);
    }

    /** Runs the program and returns its exit code. */
    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        if (asksVersion(args)) {
            out.println(String.join(System.lineSeparator(), new Version().getVersion()));
            return 0;
        }
        try {
            Path defaults = environment.containsKey(DEFAULTS)
                    ? Path.of(environment.get(DEFAULTS))
                    : Defaults.above(Path.of(""));
            CommandLine program = commandLine(environment, out, err, defaults == null ? commands(args) : COMMANDS);
            if (defaults != null) {
                program.setDefaultValueProvider(Defaults.read(defaults, program));
            }
            return program.execute(args);
        } catch (CliException | OutOfMemoryError unable) {
            err.println("fieldloop: " + sentence(unable));
            return NOTHING_CONCLUDED;
        }
    }

    /**
     * The command that is named, alone, where it does not tell of others: to have read the options of all takes half of the time of
     * {@code check}.
     */
    private static List<Class<?>> commands(String... args) {
        String first = args.length == 0 ? "" : args[0];
        return COMMANDS.stream()
                .filter(command -> command != CompletionCommand.class && command != CommandLine.HelpCommand.class)
                .filter(command -> command.getAnnotation(Command.class).name().equals(first))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static CommandLine commandLine(
            Map<String, String> environment, PrintWriter out, PrintWriter err, List<Class<?>> commands) {
        CommandLine program = new CommandLine(new Main(environment));
        commands.forEach(program::addSubcommand);
        CommandLine explain = program.getSubcommands().get("explain");
        if (explain != null) {
            // `explain -0x2700`: a number, no option
            explain.setUnmatchedOptionsArePositionalParams(true);
        }
        return program.setOut(VisibleWriter.around(out))
                .setErr(VisibleWriter.around(err))
                // Colours are escapes, too.
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                // In "--token-key @FILE" the file holds a key, not arguments.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((mistake, words) -> {
                    mistake.getCommandLine()
                            .getErr()
                            .println("fieldloop: "
                                    + LanguageOption.translation(environment, List.of(words))
                                            .sentence(UsageErrors.sentence(mistake)));
                    return NOTHING_CONCLUDED;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr()
                            .println("fieldloop: "
                                    + LanguageOption.translation(environment, parsed.originalArgs())
                                            .sentence(sentence(failure)));
                    return NOTHING_CONCLUDED;
                });
    }

    /** What the process was started with. */
    Map<String, String> environment() {
        return environment;
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return NOTHING_CONCLUDED;
    }

    private static String sentence(Throwable failure) {
        Optional<RigException> shortage = ResourceShortage.in(failure);
        if (shortage.isPresent()) {
            return String.valueOf(shortage.get().getMessage());
        }
        String message = failure.getMessage();
        boolean told = failure instanceof CliException
                || failure instanceof ShardException
                || failure instanceof UnknownCaseException
                || failure instanceof UncheckedIOException;
        return told && message != null ? message : "this is a defect of Fieldloop, please report it: " + failure;
    }

    /** What a library has to say about a broken connection is in the journal already, in our own words. */
    private static final class Libraries {
        /** Held, since the JDK forgets the level of a logger that nobody has. */
        static final Logger NETTY = Logger.getLogger("io.netty");
    }
}
