package io.fieldloop.scenario.model.value;

import io.fieldloop.scenario.shape.DurationText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in a time, written {@code 20/s} or {@code 20/10s}.
 *
 * @param count how many, at least 1
 * @param per the time, more than zero
 */
public record Rate(long count, Duration per) {
    /** The written form. */
    public static final String PATTERN = "[1-9][0-9]{0,8}/([0-9]+(\\.[0-9]+)?)?(ns|us|ms|s|m|h|d)";

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})/(.*)");

    /** Reads a rate; throws {@code IllegalArgumentException} with half a sentence. */
    public static Rate parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a rate");
        }
        String per = form.group(2);
        boolean oneUnit = !per.isEmpty() && Character.isLetter(per.charAt(0));
        Duration duration = DurationText.parse(oneUnit ? "1" + per : per);
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("is a rate over no time");
        }
        return new Rate(Long.parseLong(form.group(1)), duration);
    }

    /** How many in a second. */
    public double perSecond() {
        return count * 1e9 / per.toNanos();
    }

    @Override
    public String toString() {
        return count + "/" + DurationText.print(per);
    }
}
