package io.fieldloop.qemu.runner.container;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Docker says, on one line and without the JSON and the status around it, to be put into a sentence. */
final class DockerWords {
    private static final Pattern ANSWER = Pattern.compile("(?:Status \\d+: )?\\{\"message\":\"(.*)\"}");

    private DockerWords() {}

    static String of(Exception failure) {
        return of(failure.getMessage());
    }

    static String of(@Nullable String said) {
        String line = String.valueOf(said).strip().replaceAll("\\s+", " ");
        Matcher answer = ANSWER.matcher(line);
        String words = answer.matches() ? answer.group(1).replace("\\\"", "\"").replace("\\n", " ") : line;
        return words.strip();
    }
}
