package io.fieldloop.device.modem.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind the colon of a line, as at_uart.cc takes it apart: at every comma, also inside quotes.
 *
 * <p>So a name with a comma shifts all that follows it.
 */
record AtArguments(List<String> items) {

    static AtArguments parse(String values) {
        List<String> items = new ArrayList<>(5);
        int from = 0;
        while (from < values.length()) {
            int comma = values.indexOf(',', from);
            int end = comma < 0 ? values.length() : comma;
            items.add(values.substring(from, end));
            from = end + 1;
        }
        return new AtArguments(items);
    }

    int count() {
        return items.size();
    }

    /** Without the first and the last character where the first is a quote. */
    String text(int index) {
        String item = items.get(index);
        return item.startsWith("\"") ? item.substring(1, Math.max(1, item.length() - 1)) : item;
    }

    /** 0 where it is no number of at most nine digits: a sign makes it none. */
    int number(int index) {
        String item = items.get(index);
        return isNumber(index) ? Integer.parseInt(item) : 0;
    }

    boolean isNumber(int index) {
        String item = items.get(index);
        boolean number = !item.isEmpty() && item.length() < 10;
        for (int at = 0; number && at < item.length(); at++) {
            number = item.charAt(at) >= '0' && item.charAt(at) <= '9';
        }
        return number;
    }
}
