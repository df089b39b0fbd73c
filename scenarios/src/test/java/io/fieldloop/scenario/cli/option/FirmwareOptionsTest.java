package io.fieldloop.scenario.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.scenario.cli.CommandLineRun;
import io.fieldloop.scenario.suite.FirmwareForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What options of {@code run --rig qemu} do to the machines, seen by a program that stands before QEMU. */
@Tag("qemu")
class FirmwareOptionsTest {

    /** Two cases, which take a while and fail, so that the line that repeats them is printed, too. */
    private static final String TWO_CASES = """
            scenario: Firmware that nobody calls
            matrix: { who: [one, other] }
            devices: { door: {} }
            steps: [{ console: { of: door, write: hello } }, { wait: 2s }]
            expect: [{ device: door, is: online }]
            """;

    /** Every byte for the console passes {@code tee}. */
    private static final String KEEPS_WHAT_IS_TYPED = """
            for word; do
              shift
              case $word in pipe:*)
                at=${word#pipe:}
                mkfifo "$at.kept.in"
                ln -s "$at.out" "$at.kept.out"
                tee -a "%s" < "$at.in" > "$at.kept.in" 2>&1 &
                word=$word.kept
              esac
              set -- "$@" "$word"
            done
            """;

    /** The lock is QEMU's for as long as it runs. */
    private static final String TELLS_WHETHER_IT_IS_ALONE = """
            case $* in *pipe:*)
              exec 9>> "%1$s.lock"
              flock -n 9 && echo alone >> "%1$s" || echo beside >> "%1$s"
            esac
            """;

    @TempDir
    private Path folder;

    private Path noted;
    private Path scenario;

    @BeforeEach
    void write() throws IOException {
        noted = folder.resolve("noted");
        scenario = Files.writeString(folder.resolve("two.yaml"), TWO_CASES);
    }

    private CommandLineRun run(String before, String which, String... options) throws IOException {
        Path qemu = Files.writeString(
                folder.resolve("qemu"), "#!/bin/sh\n" + before.formatted(noted) + "exec qemu-system-xtensa \"$@\"\n");
        assertThat(qemu.toFile().setExecutable(true)).isTrue();
        List<String> words = new ArrayList<>(List.of("run", scenario + which, "--rig", "qemu", "--qemu", qemu + ""));
        words.addAll(List.of("--firmware", FirmwareForTests.assumeBuilt() + "", "--out", folder + ""));
        words.addAll(List.of(options));
        CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.printed()).isEqualTo(1);
        assertThat(run.out()).contains(String.join(" ", options));
        return run;
    }

    @ParameterizedTest
    @CsvSource({"cr,13", "lf,10", "crlf,13 10"})
    void aLineOnTheConsoleEndsAsIsSaid(String end, String bytes) throws IOException {
        run(KEEPS_WHAT_IS_TYPED, "[who=one]", "--line-end", end);

        assertThat(Files.readString(noted).replace("\r", " 13").replace("\n", " 10"))
                .isEqualTo("hello " + bytes);
    }

    @Test
    void asManyCasesRunAtOnceAsIsSaid() throws IOException {
        run(TELLS_WHETHER_IT_IS_ALONE, "", "--at-once", "1");
        assertThat(Files.readAllLines(noted)).containsExactly("alone", "alone");

        Files.delete(noted);
        run(TELLS_WHETHER_IT_IS_ALONE, "", "--at-once", "2");
        assertThat(Files.readAllLines(noted)).containsExactlyInAnyOrder("alone", "beside");
    }

    @Test
    void fewerThanOneCaseAtOnceIsRefused() {
        CommandLineRun run = CommandLineRun.of("run", "--rig", "qemu", "--at-once", "0", "websocket/conversation");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.printed()).contains("--at-once is 0; expected at least one case.");
    }
}
