package io.fieldloop.scenario.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example files of the tests: valid ones, and broken ones that say at their end what is wrong with them. */
public final class ExampleFiles {
    private static final Path ROOT = Path.of("src/test/resources/io/fieldloop/scenario/loader");
    private static final String PROBLEM = "#! ";

    private ExampleFiles() {}

    public static List<Path> valid() {
        return files("valid");
    }

    /** The bundled suite. */
    public static List<Path> suite() {
        try (Stream<Path> files = Files.walk(Path.of("suite"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static List<Path> broken() {
        return files("broken");
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The problems the file says it has, without the file's name; one that ends in … says how it begins. */
    static List<String> problems(Path file) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(PROBLEM))
                .map(line -> line.substring(PROBLEM.length()))
                .toList();
    }

    /** Whether the JSON Schema can tell that the file is broken. */
    public static boolean isSeenBySchema(Path file) {
        return text(file).lines().noneMatch(line -> line.startsWith("#~ "));
    }

    private static List<Path> files(String directory) {
        try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
