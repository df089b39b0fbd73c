package io.fieldloop.scenario.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Attaches files to a test. */
final class Attachments {
    private Attachments() {}

    /** Copies them, and what is in folders among them, where JUnit keeps attachments; before 5.12 it keeps none. */
    static void publish(ExtensionContext test, List<Path> files) {
        try {
            test.publishDirectory("fieldloop", folder -> {
                for (Path file : files) {
                    copy(file, folder);
                }
            });
        } catch (NoSuchMethodError olderJUnit) {
            files.forEach(file -> test.publishReportEntry("fieldloop", file.toString()));
        }
    }

    private static void copy(Path from, Path folder) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
