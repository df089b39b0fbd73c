package io.fieldloop.device.modem.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A line with gaps, such as <code>+MIPOPEN: {id},{error}</code>. */
public record Template(List<String> parts) {

    /** Text and names of gaps take turns, text first. */
    static Template of(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int open = text.indexOf('{');
        while (open >= 0) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'" + text + "' opens a brace that it does not close.");
            }
            parts.add(text.substring(from, open));
            parts.add(text.substring(open + 1, close));
            from = close + 1;
            open = text.indexOf('{', from);
        }
        parts.add(text.substring(from));
        return new Template(List.copyOf(parts));
    }

    /** Whether it tells that a command failed. */
    public boolean isError() {
        String text = parts.get(0);
        return text.startsWith("ERROR") || text.startsWith("+CME ERROR");
    }

    /** Whether the line is data from then on. */
    public boolean connects() {
        return parts.get(0).startsWith("CONNECT");
    }

    /** The line with the value of each gap, by the name of the gap. */
    public String fill(UnaryOperator<String> values) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        String[] filled = parts.toArray(String[]::new);
        for (int gap = 1; gap < filled.length; gap += 2) {
            filled[gap] = values.apply(filled[gap]);
        }
        return String.join("", filled);
    }
}
