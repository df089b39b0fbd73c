package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.rig.firmware.RecordedBoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recordings a run left behind.
 *
 * @param manifests in the order of cases, devices and boots; at least one
 */
record Recordings(List<Path> manifests) {

    /**
     * Finds them.
     *
     * @param caseName null for all of them
     * @param device null for all of them
     */
    static Recordings in(Path run, @Nullable String caseName, @Nullable String device) {
        List<Path> all = all(run);
        if (all.isEmpty()) {
            throw new CliException(
                    "'" + run + "' holds no recording; make one with `fieldloop run --rig qemu --record`.");
        }
        List<Path> wanted = all.stream()
                .filter(manifest -> caseName == null || flat(caseOf(manifest)).equals(flat(caseName)))
                .filter(manifest -> device == null || read(manifest).device().equals(device))
                .toList();
        if (wanted.isEmpty()) {
            Set<String> there = all.stream()
                    .map(manifest -> caseOf(manifest) + " of " + read(manifest).device())
                    .collect(Collectors.toCollection(TreeSet::new));
            throw new CliException(
                    "'" + run + "' holds no such recording; there are " + String.join(", ", there) + ".");
        }
        return new Recordings(wanted);
    }

    private static List<Path> all(Path run) {
        if (Files.isRegularFile(run) && run.toString().endsWith(RecordedBoot.ENDING)) {
            return List.of(run);
        }
        if (!Files.isDirectory(run)) {
            throw new CliException("'" + run + "' is no directory; expected one that a run left behind.");
        }
        // The link `latest` counts.
        try (Stream<Path> files = Files.walk(run.toRealPath())) {
            return files.filter(file -> file.toString().endsWith(RecordedBoot.ENDING))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new CliException("The folder '" + run + "' cannot be read; look at its permissions.");
        }
    }

    /** The case as its evidence's folder has it. */
    static String caseOf(Path manifest) {
        Path folder = manifest.toAbsolutePath().getParent();
        return folder == null ? "" : String.valueOf(folder.getFileName());
    }

    /** In names of files brackets and slashes are other signs. */
    private static String flat(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    }

    static RecordedBoot read(Path manifest) {
        try {
            return RecordedBoot.read(manifest);
        } catch (IOException broken) {
            throw new CliException(manifest + " is no recording's manifest; record the run again.");
        }
    }
}
