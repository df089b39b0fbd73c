package io.fieldloop.device.modem.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * One command line, such as {@code AT+MIPCLOSE=1}: its name with the sign that says what is done ({@code AT+MIPCLOSE=}), and arguments.
 *
 * @param arguments as written, quotes and all
 */
public record AtCommand(String name, List<String> arguments) {

    /** Splits at commas outside quotes. */
    public static AtCommand parse(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return new AtCommand(line, List.of());
        }
        List<String> arguments = new ArrayList<>();
        int from = equals + 1;
        for (int end = endOf(line, from); end < line.length(); end = endOf(line, from)) {
            arguments.add(line.substring(from, end));
            from = end + 1;
        }
        arguments.add(line.substring(from));
        return new AtCommand(line.substring(0, equals + 1), arguments);
    }

    /** Where the argument ends that begins there; what has no quotes, such as a kilobyte of hexadecimal, is not looked at one by one. */
    private static int endOf(String line, int from) {
        int comma = line.indexOf(',', from);
        int quote = line.indexOf('"', from);
        while (comma >= 0 && quote >= 0 && quote < comma) {
            int closing = line.indexOf('"', quote + 1);
            if (closing < 0) {
                return line.length();
            }
            comma = line.indexOf(',', closing);
            quote = line.indexOf('"', closing + 1);
        }
        return comma < 0 ? line.length() : comma;
    }

    static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }
}
