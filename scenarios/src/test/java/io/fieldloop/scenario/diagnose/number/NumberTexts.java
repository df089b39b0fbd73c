package io.fieldloop.scenario.diagnose.number;

import io.fieldloop.scenario.shape.RecordFile;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** What is said of numbers, by half sentences, and who counts in them; for whoever translates it. */
public final class NumberTexts {
    private static final int SAYS = 4;

    private NumberTexts() {}

    public static Set<String> all() {
        Set<String> texts = new TreeSet<>();
        Arrays.stream(NumberSpace.values()).map(NumberSpace::title).forEach(texts::add);
        RecordFile.text(Numbers.class, "numbers.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .filter(columns -> columns.length > SAYS)
                .forEach(columns -> texts.addAll(Set.of(columns[SAYS].split("; "))));
        return texts;
    }
}
