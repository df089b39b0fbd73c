package io.fieldloop.scenario.rig.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The outside reader of captures, with nothing told to it but which file and what to print. */
public final class Tshark {
    private Tshark() {}

    public static void assumeThere() {
        assumeTrue(isThere("tshark"), "tshark is not installed (Debian, Ubuntu: apt-get install tshark)");
    }

    public static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The fields of the packets that match, a line each, separated by tabs. */
    public static List<String> fields(Path file, String filter, String... fields)
            throws IOException, InterruptedException {
        return fields(List.of("tshark"), file, filter, fields);
    }

    /** The same with a script of Lua that knows one more protocol. */
    public static List<String> fieldsWith(Path script, Path file, String filter, String... fields)
            throws IOException, InterruptedException {
        return fields(List.of("tshark", "-X", "lua_script:" + script), file, filter, fields);
    }

    private static List<String> fields(List<String> program, Path file, String filter, String... fields)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-r", file.toString(), "-Y", filter, "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        Process tshark = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tshark.exitValue()).isZero();
        return output.lines().toList();
    }
}
