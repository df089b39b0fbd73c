package io.fieldloop.scenario.ci;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A checkout with a launcher in {@code tools/} and scenario files, in which lines of CI files are run by a shell. */
record Workspace(Path folder) {
    private static final int SECONDS_MAX = 120;

    static Workspace in(Path folder) throws IOException {
        Path launcher = Files.createDirectories(folder.resolve("tools")).resolve("fieldloop");
        Files.writeString(
                launcher, """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' io.fieldloop.scenario.cli.Main "$@"
                """.formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Workspace(folder);
    }

    /** The file of {@code scenarios/ci}. */
    static Path file(String name) {
        return Path.of("ci", name).toAbsolutePath();
    }

    Workspace with(String name, String scenario) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, scenario);
        return this;
    }

    Path launcher() {
        return folder.resolve("tools/fieldloop");
    }

    /** Runs {@code line} as a CI system would, with these variables beside PATH. */
    Finished shell(String line, Map<String, String> variables) throws IOException, InterruptedException {
        File printed = Files.createTempFile(folder, "printed", ".txt").toFile();
        ProcessBuilder shell = new ProcessBuilder(List.of("sh", "-ec", line))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed);
        shell.environment().keySet().retainAll(List.of("PATH", "HOME"));
        shell.environment().putAll(variables);
        Process process = shell.start();
        try {
            if (!process.waitFor(SECONDS_MAX, SECONDS)) {
                throw new IllegalStateException(line + " did not end within " + SECONDS_MAX + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Finished(process.exitValue(), Files.readString(printed.toPath(), StandardCharsets.UTF_8));
    }

    record Finished(int exitCode, String printed) {}
}
