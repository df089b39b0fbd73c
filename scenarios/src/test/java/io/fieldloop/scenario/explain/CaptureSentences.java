package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.shape.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The half sentences of {@code diagnose} and {@code explain --log}, in the program text of its judges and in the file that translates them. */
final class CaptureSentences {
    private static final Path JUDGES = Path.of("src", "main", "java", "io", "fieldloop", "scenario", "diagnose");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    /** What becomes of values, and what parts of a sentence are told apart by. */
    private static final Pattern BETWEEN = Pattern.compile("; |%[.\\d]*[a-z]|%%|^(?:client|server|device): |^: ");

    private CaptureSentences() {}

    /** The forms of the file that are made of parts which the program still has. */
    static Set<String> stillSaid() throws IOException {
        Set<String> parts = parts("").collect(Collectors.toCollection(TreeSet::new));
        return forms().stream().filter(form -> isMadeOf(form, parts)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isMadeOf(String form, Set<String> parts) {
        BitSet found = new BitSet(form.length());
        for (String part : parts) {
            for (int at = form.indexOf(part); at >= 0 && !part.isEmpty(); at = form.indexOf(part, at + 1)) {
                found.set(at, at + part.length());
            }
        }
        return IntStream.range(0, form.length()).allMatch(at -> found.get(at) || !Character.isLetter(form.charAt(at)));
    }

    /** The parts of sentences in the judges that no form of the file has. */
    static List<String> untranslated() throws IOException {
        String known = String.join("\n", forms());
        return Stream.concat(parts("verdict"), parts("log"))
                .filter(part -> part.matches(".*[a-z] [a-z].*") && !known.contains(part))
                .toList();
    }

    private static Stream<String> parts(String room) throws IOException {
        return program(room)
                .flatMap(text -> LITERAL.matcher(text).results())
                .flatMap(literal -> BETWEEN.splitAsStream(literal.group(1)))
                .map(part -> part.replace("\\\"", "\"").replaceAll("^[,:# ]+|[,: ]+$", ""));
    }

    /** The judges' program text with sentences in one piece. */
    private static Stream<String> program(String room) throws IOException {
        try (Stream<Path> all = Files.walk(JUDGES.resolve(room))) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(
                            file -> !file.toString()
                                    .matches(
                                            ".*(?:ScenarioFromLog|LogFile|ConsoleLog|ConsoleReader|Episode|Part|LogDiagnosis|LineFilter|SignTable)\\.java"))
                    .toList();
            StringBuilder texts = new StringBuilder();
            for (Path file : files) {
                String code = Files.readString(file).replaceAll("(?m)^\\s*(?:/?\\*|//).*$", "");
                texts.append(JOINED.matcher(code).replaceAll("")).append('\n');
            }
            return texts.toString()
                    .lines()
                    .filter(line -> !line.matches(".*(?:Exception|saying|startsWith|contains)\\(\".*"));
        }
    }

    private static Set<String> forms() {
        Object file = new Load(LoadSettings.builder().build())
                .loadFromString(RecordFile.text(Translation.class, "zh-diagnose.yaml"));
        return ((Map<?, ?>) ((Map<?, ?>) file).get("sentences"))
                .keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }
}
