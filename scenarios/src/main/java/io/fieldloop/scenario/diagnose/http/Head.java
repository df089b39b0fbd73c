package io.fieldloop.scenario.diagnose.http;

import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The start line and the header lines of a request or an answer, as they were sent.
 *
 * @param at where it ended
 */
public record Head(String startLine, List<String> lines, Moment began, Moment at) {
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*");

    public Head {
        lines = List.copyOf(lines);
    }

    static Head of(String block, Moment began, Moment at) {
        List<String> all = new ArrayList<>(List.of(block.split("\r\n", -1)));
        all.removeIf(String::isEmpty);
        return all.isEmpty()
                ? new Head("", List.of(), began, at)
                : new Head(all.get(0), all.subList(1, all.size()), began, at);
    }

    /** The first header of that name, whatever its case. */
    public Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    /** The values of all headers of that name. */
    public List<String> values(String name) {
        return lines.stream()
                .filter(line -> name(line).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }

    /** The first line that is no header by RFC 9112 section 5, or empty. */
    public String malformed() {
        return lines.stream()
                .filter(line -> !HEADER.matcher(line).matches())
                .findFirst()
                .orElse("");
    }

    /** The name of the first header of that name as it was written. */
    public Optional<String> written(String name) {
        return lines.stream()
                .map(Head::name)
                .filter(one -> one.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The header names as they were written, in order. */
    public List<String> names() {
        return lines.stream().map(Head::name).toList();
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    /** The status of an answer, or 0 where the line has none. */
    public int status() {
        String[] words = startLine.split(" +", 3);
        boolean number = words.length >= 2 && words[0].startsWith("HTTP/") && words[1].matches("\\d{3}");
        return number ? Integer.parseInt(words[1]) : 0;
    }

    /** Whether another answer has to follow this one. */
    public boolean isInterim() {
        return status() / 100 == 1 && status() != 101;
    }

    /** The path of a request. */
    public String path() {
        String[] words = startLine.split(" ", 3);
        return words.length > 1 ? words[1] : "";
    }

    public boolean asksForWebSocket() {
        return value("Upgrade")
                .filter(value -> value.equalsIgnoreCase("websocket"))
                .isPresent();
    }
}
