package io.fieldloop.scenario.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldloop.scenario.cli.option.Defaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes the program easy to begin with: a first file, help, completion, defaults, and runs on save. */
final class AtHomeInTheShellTest {
    private static final String SCENARIO = """
            scenario: A device says hello
            devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
            expect: [{ device: door, is: online }]
            """;

    @TempDir
    private Path folder;

    @Test
    void initWritesAScenarioThatPassesAndItsSchema() throws IOException {
        Path file = folder.resolve("new/mine.yaml");
        CommandLineRun init = CommandLineRun.of("init", file.toString());

        assertThat(init.exitCode()).as(init.err()).isZero();
        assertThat(file).content().startsWith("# yaml-language-server: $schema=fieldloop.schema.json\n");
        assertThat(folder.resolve("new/fieldloop.schema.json")).content().startsWith("{");
        CommandLineRun run = CommandLineRun.of("run", file.toString(), "--out", folder.toString());
        assertThat(run.exitCode()).as(run.printed()).isZero();
        // The matrix in its last comment is right, too.
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("link: cat1-typical", "link: \"${link}\"")
                        .replaceFirst("# One case .* matrix:", "matrix:"));
        assertThat(CommandLineRun.of("check", file.toString()).out()).contains("1 file, 2 cases: no problems");
        assertThat(CommandLineRun.of("init", file.toString()).err()).contains(" is there already; name another file.");
    }

    @Test
    void initExplainsTheSameScenarioInTheLanguage() throws IOException {
        Path english = folder.resolve("en.yaml");
        Path chinese = folder.resolve("zh.yaml");
        CommandLineRun.of("init", english.toString());
        CommandLineRun init = CommandLineRun.of("init", chinese.toString(), "--lang", "zh");

        assertThat(init.out()).startsWith("已写入 " + chinese + " 和 ");
        assertThat(chinese).content().contains("# 应当得到什么结果。", "scenario: 会话进行中，网关重启");
        assertThat(done(chinese)).isEqualTo(done(english));
    }

    /** All but comments and what a person reads. */
    private static List<String> done(Path scenario) throws IOException {
        return Files.readAllLines(scenario).stream()
                .filter(line -> !line.matches("#.*|scenario: .*|why: .*"))
                .toList();
    }

    @Test
    void helpOfACommandIsThatOfItsOption() {
        assertThat(CommandLineRun.of("help", "run"))
                .returns(0, CommandLineRun::exitCode)
                .returns(CommandLineRun.of("run", "--help").out(), CommandLineRun::out);
        assertThat(CommandLineRun.of("help", "rnu").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"run --sed 7, --sed, --seed", "run --sed=7, --sed=7, --seed", "list --hepl, --hepl, --help"})
    void anOptionThatIsMistypedIsAnsweredWithTheOneMeant(String line, String typed, String meant) {
        assertThat(CommandLineRun.of(line.split(" ")).err())
                .startsWith("fieldloop: Unknown option")
                .contains("'" + typed + "'")
                .endsWith("; did you mean " + meant + "?\n");
    }

    /** Of one letter any other is a mistake away. */
    @Test
    void anUnknownLetterIsNotTakenForAnother() {
        assertThat(CommandLineRun.of("run", "-o", "x").err())
                .isEqualTo("fieldloop: Unknown option: '-o'; see `fieldloop run --help`.\n");
    }

    /** So shells complete it where a folder of that name is near. */
    @Test
    void aFolderOfTheSuiteMayEndInASlash() {
        String listed = CommandLineRun.of("list", "mqtt").out();
        assertThat(listed).contains("mqtt/");
        assertThat(CommandLineRun.of("list", "mqtt/").out()).isEqualTo(listed);
    }

    @Test
    void checkLooksAtTheRestWhenOneFileIsMissing() throws IOException {
        Path good = Files.writeString(folder.resolve("good.yaml"), SCENARIO);
        Path bad = Files.writeString(folder.resolve("bad.yaml"), SCENARIO + "wyh: x\n");
        CommandLineRun check = CommandLineRun.of("check", "no/such.yaml", good.toString(), bad.toString());

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).startsWith("fieldloop: 'no/such.yaml' is neither a file");
        assertThat(check.out()).contains(bad + ":4:1: wyh: unknown key", "1 problem in 2 files");
        CommandLineRun fine = CommandLineRun.of("check", "no/such.yaml", good.toString());
        assertThat(fine.exitCode()).isEqualTo(2);
        assertThat(fine.out()).isEqualTo("1 file, 1 case: no problems\n");
    }

    @Test
    void defaultsComeFromTheNearestFileAndTheCommandLineWins() throws IOException {
        Path scenario = Files.writeString(folder.resolve("hello.yaml"), SCENARIO);
        Path defaults = Files.writeString(
                folder.resolve("fieldloop.yaml"), "run: { seeds: 3..4, report: [json, junit], out: out }\n");
        Map<String, String> environment = Map.of("FIELDLOOP_DEFAULTS", defaults.toString());

        assertThat(CommandLineRun.in(environment, "run", scenario.toString()).out())
                .contains("hello#seed=4", "2 cases: 2 passed");
        assertThat(folder.resolve("out/results.json")).isNotEmptyFile();
        assertThat(CommandLineRun.in(environment, "run", scenario.toString(), "--seeds", "7..9")
                        .out())
                .contains("3 cases: 3 passed");
        assertThat(Defaults.above(Files.createDirectories(folder.resolve("a/b"))))
                .isEqualTo(defaults);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run: { sed: 7 }            | run has no --sed; did you mean --seed?
            rnu: { seed: 7 }           | there is no command rnu; did you mean run?
            run: fast                  | expected run with its options, such as run: { rig: socket }.
            run: { seed: [1, 2] }      | run: --seed takes one plain value.
            """)
    void defaultsThatNoCommandKnowsAreOneSentence(String text, String sentence) throws IOException {
        Path defaults = Files.writeString(folder.resolve("fieldloop.yaml"), text);
        CommandLineRun run = CommandLineRun.in(Map.of("FIELDLOOP_DEFAULTS", defaults.toString()), "list");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("fieldloop: " + defaults + ": " + sentence);
    }

    @Test
    void optionsThatAreMistakenAreToldInTheLanguage() {
        assertThat(CommandLineRun.of("run", "--sed", "7", "--lang", "zh").err())
                .isEqualTo("fieldloop: 未知选项：'--sed'；是否想写 --seed？\n");
        assertThat(CommandLineRun.in(Map.of("LANG", "zh_CN.UTF-8"), "run", "--seed", "x")
                        .err())
                .startsWith("fieldloop: 选项 --seed")
                .endsWith("；见 `fieldloop run --help`。\n");
        assertThat(CommandLineRun.in(Map.of("LANG", "zh_CN.UTF-8"), "run", "--sed", "7", "--lang=en")
                        .err())
                .startsWith("fieldloop: Unknown option: '--sed'");
    }

    @Test
    void defaultsThatAreNoYamlAreToldWhere() throws IOException {
        Path defaults = Files.writeString(folder.resolve("fieldloop.yaml"), "run: [");
        CommandLineRun run = CommandLineRun.in(Map.of("FIELDLOOP_DEFAULTS", defaults.toString()), "list");

        assertThat(run.err())
                .isEqualTo("fieldloop: " + defaults
                        + ":1:7: is where a value, or the end of an open { or [, had to come.\n");
    }

    @ParameterizedTest
    @EnumSource
    @DisabledOnOs(OS.WINDOWS)
    void aShellCompletesCommandsOptionsTheirWordsAndScenarios(Completing shell) throws Exception {
        shell.assumeIsThere();
        String script = CommandLineRun.of("completion", shell.word()).out();
        Path file = Files.writeString(folder.resolve("completion." + shell.word()), script);

        assertThat(shell.completed(file, "exp")).containsExactly("explain");
        assertThat(shell.completed(file, "firmware ins")).containsExactly("inspect");
        assertThat(shell.completed(file, "help ru")).containsExactly("run");
        assertThat(shell.completed(file, "run --fail")).containsExactly("--fail-fast");
        assertThat(shell.completed(file, "run --rig so")).containsExactly("socket");
        assertThat(shell.completed(file, "run tls/wrong-na")).containsExactly("tls/wrong-name");
        assertThat(shell.completed(file, "run firmware/goes-el")).containsExactly("firmware/goes-elsewhere");
    }

    /** How a shell is asked what its Tab key would do. */
    enum Completing {
        BASH(""),
        /** As its bashcompinit calls what bash has. */
        ZSH("setopt shwordsplit ksharrays; "),
        FISH("source $argv[1]; complete -C \"fieldloop $argv[2]\" | string split -f 1 \\t") {
            @Override
            List<String> asked(Path script, String line) {
                return List.of(word(), "-c", asking, script.toString(), line);
            }
        };

        private static final String BY_FUNCTION = """
                COMP_WORDS=(fieldloop $2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_fieldloop; printf '%s\\n' "${COMPREPLY[@]}"
                """;

        final String asking;

        Completing(String asking) {
            this.asking = asking;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        void assumeIsThere() {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", word())), word() + " is not on this machine");
        }

        List<String> asked(Path script, String line) {
            return List.of(word(), "-c", "source $1; " + asking + BY_FUNCTION, word(), script.toString(), line);
        }

        List<String> completed(Path script, String line) throws IOException, InterruptedException {
            ProcessBuilder shell =
                    new ProcessBuilder(asked(script, line)).redirectError(ProcessBuilder.Redirect.DISCARD);
            shell.environment().put("HOME", script.resolveSibling("").toString());
            Process asked = shell.start();
            String printed = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(asked.waitFor(60, SECONDS)).isTrue();
            String typed = line.substring(line.lastIndexOf(' ') + 1); // zsh itself leaves out what does not begin so
            return printed.lines()
                    .map(String::strip)
                    .filter(word -> word.startsWith(typed))
                    .toList();
        }
    }

    @Test
    void completionOfAnUnknownShellIsRefused() {
        assertThat(CommandLineRun.of("completion", "tcsh").err())
                .contains("no completion for the shell 'tcsh'; expected bash, zsh, fish");
    }

    @Test
    void watchRunsAgainWheneverTheFileIsSaved() throws Exception {
        Path file = Files.writeString(folder.resolve("hello.yaml"), SCENARIO);
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        Thread watching = new Thread(() -> Main.run(
                Map.of(),
                out,
                out,
                "run",
                file.toString(),
                "--watch",
                "--out",
                folder.resolve("out").toString()));
        watching.start();
        try {
            await().atMost(60, SECONDS).until(() -> printed.toString().contains("1 passed") && waits(printed) == 1);
            Files.writeString(file, SCENARIO.replace("is: online", "is: refused"));
            await().atMost(60, SECONDS).until(() -> printed.toString().contains("1 failed"));
            await().atMost(60, SECONDS).until(() -> waits(printed) >= 2);
            int before = waits(printed);
            // As editors do that write a new file and rename it; and this one cannot be read.
            Path fresh = Files.writeString(folder.resolve(".hello.yaml.swp"), "scenario:");
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(60, SECONDS).until(() -> printed.toString().contains("Nothing was run, because of"));
            await().atMost(60, SECONDS).until(() -> waits(printed) > before);
        } finally {
            watching.interrupt();
            watching.join(20_000);
        }
        assertThat(watching.isAlive()).isFalse();
    }

    private static int waits(StringWriter printed) {
        return printed.toString().split("Waiting for a change", -1).length - 1;
    }
}
