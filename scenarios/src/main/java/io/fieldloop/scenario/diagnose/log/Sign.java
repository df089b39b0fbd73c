package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.number.NumberSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that says something, and what it says.
 *
 * @param order place in the table: of two causes equally sure the lower one is named first
 * @param tags of the log; empty for any line
 * @param groups the pattern's named ones
 * @param part what it is about, or null where its tag or its neighbours say so
 * @param space who counts in the number it has, or null for any error code
 */
record Sign(
        int order,
        Set<String> tags,
        Pattern pattern,
        Set<String> groups,
        List<String> causes,
        Confidence sure,
        String says,
        List<String> tells,
        @Nullable Part part,
        Turn turn,
        @Nullable NumberSpace space) {

    /** The digits of a number that was printed in hexadecimal without saying so. */
    private static final String HEX = "hex";

    private static final Pattern DIGIT = Pattern.compile("\\d$");

    Optional<Sighting> read(ConsoleLine line) {
        if (!tags.isEmpty() && !tags.contains(line.tag())) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(line.message());
        if (!matcher.find()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (String group : groups) {
            String value = matcher.group(group);
            if (value != null && group.equals(HEX)) {
                values.put("code", "-0x" + value);
            } else if (value != null && !value.isEmpty()) {
                values.put(DIGIT.matcher(group).replaceAll(""), value);
            }
        }
        return Optional.of(new Sighting(this, line, values));
    }
}
