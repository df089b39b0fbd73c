package io.fieldloop.device.modem.grammar;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a modem does on one form of a command.
 *
 * @param form the command with its arguments: a quoted or numeric one has to be that, a word names what is given, and three points
 *     alone are any
 * @param by the value that chooses among {@code says}; empty where there is one answer
 * @param says the answer's lines, by the value of that setting
 * @param sets what it remembers: name and value, both with gaps
 * @param after how long the answer takes
 */
public record AtRule(
        AtCommand form,
        Verb does,
        String by,
        Map<String, List<Template>> says,
        Map<Template, Template> sets,
        Duration after) {

    private static final List<String> ANY = List.of("...");

    boolean fits(AtCommand command) {
        List<String> wanted = form.arguments();
        if (wanted.equals(ANY)) {
            return true;
        }
        if (wanted.size() != command.arguments().size()) {
            return false;
        }
        for (int index = 0; index < wanted.size(); index++) {
            if (isLiteral(wanted.get(index))
                    && !wanted.get(index).equals(command.arguments().get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The argument of that name, without quotes; null where this form has none. */
    public @Nullable String argument(String name, AtCommand command) {
        int index = form.arguments().indexOf(name);
        return index < 0 ? null : AtCommand.unquoted(command.arguments().get(index));
    }

    /** The argument of that name; one this form lacks is an error in the grammar. */
    public String given(String name, AtCommand command) {
        String value = argument(name, command);
        if (value == null) {
            throw new IllegalStateException(form + " does " + does + " and so has to name '" + name + "'.");
        }
        return value;
    }

    /** The same as a number; 0 where it is none. */
    public int number(String name, AtCommand command) {
        String value = given(name, command);
        if (value.length() >= 10) {
            return 0;
        }
        int number = 0;
        for (int at = 0; at < value.length(); at++) {
            int digit = value.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** The lines that those values choose; empty where they choose none. */
    public List<Template> says(UnaryOperator<String> values) {
        return says.getOrDefault(by.isEmpty() ? "" : values.apply(by), List.of());
    }

    private static boolean isLiteral(String argument) {
        return argument.startsWith("\"") || (!argument.isEmpty() && Character.isDigit(argument.charAt(0)));
    }
}
