package io.fieldloop.scenario.report.ci;

import io.fieldloop.scenario.verdict.ScenarioResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder that a CI system checked out, below which it knows files by their paths. */
record Checkout(Path root) {
    /** The scenario's file as the CI system calls it; empty for a bundled one and one from elsewhere. */
    Optional<String> fileOf(ScenarioResult result) {
        Path file = Path.of(result.about().position().file()).toAbsolutePath().normalize();
        return file.startsWith(absolute()) && Files.exists(file) ? Optional.of(within(file)) : Optional.empty();
    }

    /** A path below the folder, with slashes. */
    String within(Path file) {
        return absolute()
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }

    private Path absolute() {
        return root.toAbsolutePath().normalize();
    }
}
