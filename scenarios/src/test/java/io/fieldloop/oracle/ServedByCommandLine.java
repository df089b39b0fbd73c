package io.fieldloop.oracle;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code fieldloop serve} in a process of its own, as a user starts it. */
final class ServedByCommandLine implements AutoCloseable {
    private final OutsideProgram program;

    ServedByCommandLine(String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.fieldloop.scenario.cli.Main",
                "serve"));
        command.addAll(List.of(options));
        program = OutsideProgram.start(command);
    }

    /** The device test page, its fields filled by the fragment. */
    URI page() {
        return url("http://127.0.0.1:");
    }

    URI wss() {
        return url("wss://");
    }

    private URI url(String beginning) {
        String line = program.awaitLine(printed -> printed.contains(beginning));
        return URI.create(line.substring(line.indexOf(beginning)).replaceFirst("  .*", ""));
    }

    @Override
    public void close() {
        program.close();
    }
}
