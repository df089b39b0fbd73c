package io.fieldloop.oracle;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code fieldloop} command in a process of its own, as a user starts it. */
final class FieldloopCommand implements AutoCloseable {
    private final OutsideProgram program;

    private FieldloopCommand(OutsideProgram program) {
        this.program = program;
    }

    /** The words that start it. */
    static List<String> words(String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.fieldloop.scenario.cli.Main"));
        words.addAll(List.of(arguments));
        return words;
    }

    static FieldloopCommand serve(String... options) {
        List<String> words = new ArrayList<>(words("serve"));
        words.addAll(List.of(options));
        return new FieldloopCommand(OutsideProgram.start(words));
    }

    /** The device test page, its fields filled by the fragment. */
    URI page() {
        return url("http://127.0.0.1:");
    }

    /** The live page, with the token that changes ask for. */
    URI live() {
        String line = program.awaitLine(printed -> printed.contains("/live#"));
        return URI.create(line.substring(line.indexOf("http://")).replaceFirst("  .*", ""));
    }

    URI ws() {
        return url("ws://");
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
