package io.fieldloop.scenario.model.value;

import java.math.BigDecimal;
import java.util.regex.Matcher;

/**
 * A limit on a share of all, written {@code "< 1%"}.
 *
 * @param comparison how the measured share must compare to the limit
 * @param limit the limit, in percent
 */
public record ShareLimit(Comparison comparison, BigDecimal limit) implements Threshold<BigDecimal> {
    private static final String PERCENT = "(100|[0-9]{1,2}(\\.[0-9]{1,3})?)%";

    /** The written form. */
    public static final String PATTERN = "(<|<=|>|>=) ?" + PERCENT;

    /** Reads a limit; throws {@code IllegalArgumentException} with half a sentence. */
    public static ShareLimit parse(String text) {
        Matcher form = Threshold.form(text);
        String percent = form.group(2);
        if (!percent.matches(PERCENT)) {
            throw new IllegalArgumentException("is no percentage from 0% to 100%");
        }
        return new ShareLimit(Comparison.of(form.group(1)), new BigDecimal(percent.substring(0, percent.length() - 1)));
    }

    @Override
    public String toString() {
        return comparison.sign() + " " + limit + "%";
    }
}
