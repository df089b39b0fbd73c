package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Dictionaries;
import io.fieldloop.scenario.cli.option.LanguageOption;
import io.fieldloop.scenario.cli.option.Version;
import io.fieldloop.scenario.diagnose.CauseTexts;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.DiagnosisJson;
import io.fieldloop.scenario.diagnose.DiagnosisText;
import io.fieldloop.scenario.diagnose.log.LogDiagnosis;
import io.fieldloop.scenario.diagnose.log.LogException;
import io.fieldloop.scenario.diagnose.log.LogReading;
import io.fieldloop.scenario.diagnose.log.ScenarioFromLog;
import io.fieldloop.scenario.diagnose.log.TwoLogs;
import io.fieldloop.scenario.diagnose.server.RatesPage;
import io.fieldloop.scenario.explain.Explanation;
import io.fieldloop.scenario.explain.ExplanationText;
import io.fieldloop.scenario.explain.Explanations;
import io.fieldloop.scenario.explain.Side;
import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code fieldloop explain}: what a reason or a device's console log means, what causes it, what to check. */
@Command(
        name = "explain",
        description =
                "Explains a reason of the reports, or a device's console log: what device and server show, causes,"
                        + " checks, a scenario.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|[0-9]+");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "WORD",
            arity = "0..1",
            description =
                    "A reason such as certificate-expired, a class of refusals, a number such as -0x2700 or 403, or"
                            + " a line of a log; all reasons without one.")
    private @Nullable String reason;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "A device's console log or a server's log, - for standard input: the causes it shows, with the"
                            + " lines that speak for them. Twice, for a device's and its server's: one story on one clock.")
    private List<String> logs = new ArrayList<>();

    @Option(
            names = "--elf",
            paramLabel = "FILE",
            description = "The ELF of the build that wrote the log: names the functions of a crash.")
    private @Nullable Path elf;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description =
                    "Writes a scenario that ends for the most probable cause of --log, with the evidence as comments.")
    private @Nullable Path scenario;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Writes the diagnosis of --log as a page; of a server's log with a picture of who came when.")
    private @Nullable Path html;

    @Option(names = "--json", description = "The diagnosis of --log as JSON.")
    private boolean json;

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description =
                    "What the log's lines mean; default: stock ESP-IDF and xiaozhi lines, or those of the reference"
                            + " firmware.")
    private @Nullable Path dictionary;

    @Mixin
    private LanguageOption lang = new LanguageOption();

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Main program;

    @Override
    public Integer call() {
        Translation language = lang.translation(program.environment());
        Explanations explanations = Explanations.bundled(language);
        PrintWriter out = spec.commandLine().getOut();
        if (!logs.isEmpty()) {
            if (reason != null) {
                throw new CliException("Either a reason or --log; leave one of them out.");
            } else if (logs.size() > 2) {
                throw new CliException(
                        "--log stands " + logs.size() + " times; give one log, or a device's and its server's.");
            }
            explainLog(CauseTexts.beside(explanations, language), out);
            return 0;
        }
        if (dictionary != null || elf != null || scenario != null || html != null || json) {
            String option = dictionary != null
                    ? "--dictionary"
                    : elf != null ? "--elf" : scenario != null ? "--scenario" : html != null ? "--html" : "--json";
            throw new CliException(option + " is for a log; add --log FILE, or leave it out.");
        }
        if (reason == null) {
            list(explanations, out);
        } else if (!explainReason(explanations, language, reason, out)
                && !new WordExplanation(explanations, language).print(reason, out)) {
            throw new CliException(unknown(explanations, reason));
        }
        return 0;
    }

    /** Whether the word is a reason or a class of refusals; then it is explained. */
    private static boolean explainReason(
            Explanations explanations, Translation language, String word, PrintWriter out) {
        List<Explanation> named = explanations.named(word);
        List<String> ofClass = ofClass(word);
        String gap = "";
        for (Explanation one : named) {
            out.print(gap);
            ExplanationText.lines(one, language).forEach(out::println);
            gap = System.lineSeparator();
        }
        if (!ofClass.isEmpty()) {
            out.print(gap);
            out.println(language.say("Class {0} holds {1}.", word, String.join(", ", ofClass)));
        }
        return !named.isEmpty() || !ofClass.isEmpty();
    }

    private void explainLog(CauseTexts texts, PrintWriter out) {
        ConsoleCourse course = new ConsoleCourse();
        try {
            LogReading reading = read(logs.get(0), texts, course);
            LogReading other = logs.size() == 1 ? reading : read(logs.get(1), texts, course);
            Diagnosis diagnosis = logs.size() == 1 ? reading.diagnosis() : TwoLogs.together(reading, other);
            List<String> lines = DiagnosisText.lines(diagnosis, texts);
            if (html != null) {
                write(
                        html,
                        RatesPage.html(
                                diagnosis.source(),
                                (reading.ofServer() ? reading : other).rates(),
                                lines,
                                texts.language()));
            }
            if (scenario != null) {
                write(diagnosis, texts, scenario);
            }
            if (json) {
                DiagnosisJson.write(diagnosis, texts, out);
                return;
            }
            lines.forEach(out::println);
            course.lines(texts.language()).forEach(out::println);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (LogException unreadable) {
            throw new CliException(String.valueOf(unreadable.getMessage()));
        }
    }

    private LogReading read(String file, CauseTexts texts, ConsoleCourse course) {
        return new LogDiagnosis(texts, elf)
                .readAll(file, dictionary == null ? null : Dictionaries.load(dictionary), course::take);
    }

    private static void write(Diagnosis diagnosis, CauseTexts texts, Path file) {
        String text = new ScenarioFromLog(texts)
                .of(diagnosis)
                .orElseThrow(() -> new CliException(
                        "No scenario can be made of this log: none of its causes is one that a gateway, a link or an"
                                + " address brings about."));
        write(file, text);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw CliException.unwritable(file.toString(), unwritable);
        }
    }

    private static void list(Explanations explanations, PrintWriter out) {
        int columns = explanations.all().stream()
                .mapToInt(one -> one.reason().length())
                .max()
                .orElse(0);
        for (Side side : Side.values()) {
            out.println(
                    Character.toUpperCase(side.title().charAt(0)) + side.title().substring(1) + ":");
            explanations.all().stream()
                    .filter(one -> one.side() == side)
                    .forEach(one -> out.println(ExplanationText.line(one, columns)));
        }
    }

    /** The reasons of a class of refusals; none where the word is no class. */
    private static List<String> ofClass(String word) {
        return Arrays.stream(RefusalReason.values())
                .filter(reason -> reason.refusalClass().wireName().equals(word))
                .map(RefusalReason::wireName)
                .toList();
    }

    private static String unknown(Explanations explanations, String word) {
        if (word.startsWith("-")) {
            return "'" + word + "' is neither an option nor a number that is known; see `fieldloop explain --help`.";
        }
        if (NUMBER.matcher(word).matches()) {
            return "'" + word
                    + "' is no number that is known: no code of TLS, errno, HTTP, WebSocket, MQTT, Wi-Fi or a modem; give the line"
                    + " that it stands in.";
        }
        List<String> words = Stream.concat(
                        explanations.all().stream().map(Explanation::reason),
                        Arrays.stream(RefusalClass.values()).map(RefusalClass::wireName))
                .distinct()
                .toList();
        List<String> containing = words.stream()
                .filter(known -> !word.isBlank() && known.contains(word))
                .limit(5)
                .toList();
        String hint = Nearest.to(word, words)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse(
                        containing.isEmpty()
                                ? "see `fieldloop explain` for all of them."
                                : "did you mean " + String.join(", ", containing) + "?");
        return "'" + word + "' is no reason; " + hint;
    }
}
