package io.fieldloop.scenario.shape.yaml;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Says what a person did where a text is no YAML, and how to mend it.
 *
 * <p>The parser speaks of its own tokens ("expected block end, but found block mapping start"), which tells nobody
 * that a line is indented by one space too many.
 */
final class YamlMistake {
    private static final String ONE_COLUMN = "keys that belong together begin in the same column";

    private YamlMistake() {}

    /** Half a sentence about the mistake at {@code position} in {@code text}. */
    static String in(String text, SourcePosition position, MarkedYamlEngineException invalid) {
        String problem = String.valueOf(invalid.getProblem());
        String context = String.valueOf(invalid.getContext());
        List<String> lines = text.lines().toList();
        SourcePosition opened = invalid.getContextMark()
                .map(mark -> Nodes.position(mark, position.file()))
                .orElse(position);
        String place = "line " + opened.line() + ", column " + opened.column();
        if (context.endsWith("flow node")) {
            return "is where a value, or the end of an open { or [, had to come";
        } else if (context.startsWith("while parsing a flow")) {
            return unclosed(context.endsWith("mapping") ? "{" : "[", place, line(lines, position.line()));
        } else if (context.contains("quoted scalar")) {
            return "has a quote that is never closed (it begins in " + place + ")";
        } else if (problem.contains("cannot start any token") || context.equals("while scanning an alias")) {
            return "has a text here that begins with a sign of YAML's own; put it in quotes";
        } else if (problem.startsWith("could not find expected ':'")) {
            return "comes after " + place + ", where a key has no colon; write a colon and a space behind it";
        } else if (problem.startsWith("mapping values are not allowed")) {
            return secondValue(lines, position);
        } else if (problem.endsWith("'}'") || problem.endsWith("']'")) {
            return "closes a bracket that is not open; take it away, or open it before";
        } else if (problem.endsWith("'?'") && context.endsWith("collection")) {
            return "has a key where a list goes on; begin it with \"- \", or indent it like the keys of the item above";
        } else if (problem.contains("<block mapping start>") || problem.contains("<block sequence start>")) {
            return "is indented unlike what stands above it; " + ONE_COLUMN;
        }
        return "is not valid YAML: " + (invalid.getContext() == null ? "" : context + ": ") + problem;
    }

    private static String unclosed(String bracket, String place, String line) {
        String closing = bracket.equals("{") ? "}" : "]";
        return "is where a comma or " + closing + " had to come for the " + bracket + " in " + place
                + (line.contains("${") ? "; inside { } and [ ] write \"${axis}\" with quotes" : "");
    }

    /** A colon where the parser is not ready for one: in a text, under a value, or below a line that has no key. */
    private static String secondValue(List<String> lines, SourcePosition position) {
        String line = line(lines, position.line());
        String before = line.substring(0, Math.min(position.column() - 1, line.length()))
                .strip();
        if (before.startsWith("-") && !before.startsWith("- ")) {
            return "has a dash without a space behind it; write \"- \"";
        } else if (before.contains(": ")) {
            return "has a second colon; put a text with \": \" in it in quotes";
        }
        String above = line(lines, position.line() - 1);
        return above.contains(": ")
                ? "is indented farther than the line above, which has its value already; " + ONE_COLUMN
                : "comes after a line without a key; write a colon and a space behind each key";
    }

    private static String line(List<String> lines, int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
}
