package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.qemu.console.ConsoleDictionary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets through the lines that some rule may fit, with the signs that may; of a usual log that is one in hundreds. */
final class LineFilter {
    /** What the harness itself recognises, beside signs and dictionary: starts and ends of the firmware. */
    private static final List<String> FIRMWARE = List.of(
            "rst:0x",
            "boot count=",
            "Guru Meditation",
            "abort() was",
            "assert failed",
            "ERROR*** A stack",
            "Stack smashing",
            "task_wdt",
            "Brownout");

    private final Map<String, BitSet> signsOfLiteral = new HashMap<>();
    private final BitSet always = new BitSet();
    private final int dictionary;
    private final List<BitSet> signs = new ArrayList<>();
    private final LiteralSearch search;
    private final BitSet hits = new BitSet();

    LineFilter(SignTable table, ConsoleDictionary words) {
        dictionary = table.signs().size();
        table.signs().forEach(sign -> add(RequiredLiterals.of(sign.pattern().pattern()), sign.order()));
        words.patterns().forEach(one -> {
            Set<String> literals = RequiredLiterals.of(one.regex());
            add(literals.isEmpty() && !one.tag().isEmpty() ? Set.of(" " + one.tag() + ":") : literals, dictionary);
        });
        add(Set.copyOf(FIRMWARE), dictionary);
        List<String> literals = List.copyOf(signsOfLiteral.keySet());
        literals.forEach(literal -> signs.add(signsOfLiteral.get(literal)));
        search = new LiteralSearch(literals);
    }

    private void add(Set<String> literals, int rule) {
        if (literals.isEmpty()) {
            always.set(rule);
        }
        literals.forEach(literal ->
                signsOfLiteral.computeIfAbsent(literal, any -> new BitSet()).set(rule));
    }

    /** A place in the first line that may say something, or {@code to}; no string has a line's end in it. */
    int first(byte[] bytes, int from, int to) {
        return always.isEmpty() ? search.first(bytes, from, to) : from;
    }

    /** The orders of the signs that may fit, and {@link #dictionary()}; empty for a line that says nothing. */
    BitSet candidates(byte[] bytes, int from, int to) {
        hits.clear();
        search.search(bytes, from, to, hits);
        if (hits.isEmpty()) {
            return always;
        }
        BitSet candidates = (BitSet) always.clone();
        hits.stream().forEach(literal -> candidates.or(signs.get(literal)));
        return candidates;
    }

    /** The bit that stands for the console's dictionary. */
    int dictionary() {
        return dictionary;
    }
}
