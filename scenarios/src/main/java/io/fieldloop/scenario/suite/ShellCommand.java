package io.fieldloop.scenario.suite;

import io.fieldloop.server.connection.Secrets;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes command lines of Fieldloop that can be pasted into a shell where this one was started. */
public final class ShellCommand {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./=:,@%+-]+");
    private static final String IN_THE_REPOSITORY = "scenarios/target/fieldloop.jar";

    private ShellCommand() {}

    /** {@code java -jar scenarios/target/fieldloop.jar run 'tls/wrong-name[profile=xiaozhi-wifi]'}. */
    public static String of(List<String> words) {
        return of(words(words));
    }

    /** The same of words that are quoted already. */
    public static String of(String words) {
        return words(List.of("java", "-jar", jar())) + " " + words;
    }

    /** The words as a shell takes them, without secrets. */
    public static String words(List<String> words) {
        return words.stream().map(Secrets::masked).map(ShellCommand::quoted).collect(Collectors.joining(" "));
    }

    /** Where the running jar lies as seen from here; classes of a build stand for the jar that it makes. */
    private static String jar() {
        CodeSource source = ShellCommand.class.getProtectionDomain().getCodeSource();
        if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
            return IN_THE_REPOSITORY;
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            Path here = Path.of("").toAbsolutePath();
            return jar.startsWith(here) ? here.relativize(jar).toString() : jar.toString();
        } catch (URISyntaxException e) {
            return IN_THE_REPOSITORY;
        }
    }

    /** In quotes where a shell would otherwise read more into the word than its letters. */
    static String quoted(String word) {
        return HARMLESS.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
