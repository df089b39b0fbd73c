package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleDictionary;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All patterns a log is read with, in the spelling of ripgrep, which cannot look ahead. */
public final class SignPatterns {
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

    /** What the table says of lines, of what tells causes apart, and of what they are about. */
    public static Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        for (Sign sign : SignTable.bundled().signs()) {
            texts.add(sign.says());
            texts.addAll(sign.tells());
        }
        Arrays.stream(Part.values()).map(Part::title).forEach(texts::add);
        texts.removeAll(SAME);
        return texts;
    }
}
