package io.fieldloop.device.modem;

import java.util.ArrayList;
import java.util.List;

/**
 * One command line, such as {@code AT+MIPCLOSE=1}: its name with the sign that says what is done ({@code AT+MIPCLOSE=}), and arguments.
 *
 * @param arguments as written, quotes and all
 */
record AtCommand(String name, List<String> arguments) {

    /** Splits at commas outside quotes. */
    static AtCommand parse(String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            return new AtCommand(line, List.of());
        }
        List<String> arguments = new ArrayList<>();
        boolean quoted = false;
        int from = equals + 1;
        for (int index = from; index < line.length(); index++) {
            char c = line.charAt(index);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                arguments.add(line.substring(from, index));
                from = index + 1;
            }
        }
        arguments.add(line.substring(from));
        return new AtCommand(line.substring(0, equals + 1), arguments);
    }

    static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }
}
