package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.scenario.shape.RecordFile;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All patterns a log is read with, in the spelling of ripgrep, which cannot look ahead. */
public final class SignPatterns {
    private static final Pattern BECAUSE = Pattern.compile("(?m)^    because: (.*)$");

    /** Nothing, and what is called alike in every language. */
    private static final Set<String> SAME = Set.of("", "MQTT");

    private SignPatterns() {}

    /** One for each line of a file for {@code rg -f}. */
    public static List<String> forRipgrep() {
        Stream<String> signs =
                SignTable.bundled().signs().stream().map(sign -> sign.pattern().pattern());
        Stream<String> words = ConsoleDictionary.stock().patterns().stream()
                .map(one -> one.tag().isEmpty()
                        ? one.regex()
                        : one.tag() + ": " + one.regex().replaceFirst("^\\^", ""));
        return Stream.concat(signs, words)
                .map(pattern -> pattern.replaceAll("\\(\\?[=!][^()]*\\)", ""))
                .map(pattern -> pattern.replaceAll("\\(\\?<[a-zA-Z0-9]+>", "(?:"))
                .distinct()
                .toList();
    }

    /** What the tables say of lines, of what tells causes apart, of what they are about, of files that are no log, and of made scenarios. */
    public static Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        for (Sign sign : SignTable.bundled().signs()) {
            texts.add(sign.says());
            texts.addAll(sign.tells());
        }
        Arrays.stream(Part.values()).map(Part::title).forEach(texts::add);
        LogFile.BINARIES.forEach(kind -> texts.add(kind.is()));
        BECAUSE.matcher(RecordFile.text(ScenarioFromLog.class, "scenarios.yaml"))
                .results()
                .forEach(because -> texts.add(because.group(1)));
        texts.removeAll(SAME);
        return texts;
    }
}
