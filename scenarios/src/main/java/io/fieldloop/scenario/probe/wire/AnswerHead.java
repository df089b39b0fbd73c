package io.fieldloop.scenario.probe.wire;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The head of an HTTP answer, character by character as it came. */
public record AnswerHead(String text) {
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})");

    public String statusLine() {
        return text.lines().findFirst().orElse("");
    }

    /** Null where the answer is not HTTP. */
    @Nullable
    public Integer status() {
        Matcher status = STATUS.matcher(statusLine());
        return status.lookingAt() ? Integer.valueOf(status.group(1)) : null;
    }

    /** Another answer has to follow (RFC 9110 section 15.2). */
    public boolean isInterim() {
        Integer status = status();
        return status != null && status / 100 == 1 && status != 101;
    }

    /** Header lines as written, in order. */
    public List<String> headers() {
        return text.lines().skip(1).takeWhile(line -> !line.isEmpty()).toList();
    }

    /** The name of a header in the server's own writing. */
    public Optional<String> nameOf(String name) {
        return headers().stream()
                .map(line -> line.substring(0, Math.max(0, line.indexOf(':'))))
                .filter(written -> written.strip().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The first header of that name, whatever its case. */
    public Optional<String> value(String name) {
        return values(name).findFirst();
    }

    /** The members of all headers of that name together, as a list is read (RFC 9110 section 5.3). */
    public List<String> members(String name) {
        return values(name)
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .toList();
    }

    private Stream<String> values(String name) {
        return headers().stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip());
    }
}
