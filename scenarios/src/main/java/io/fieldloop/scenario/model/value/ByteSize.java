package io.fieldloop.scenario.model.value;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 512B}, {@code 8KiB}, {@code 1.5MiB}.
 *
 * @param bytes the number
 */
public record ByteSize(long bytes) {
    /** The written form. */
    public static final String PATTERN = "[0-9]{1,9}(\\.[0-9]{1,9})?(B|KiB|MiB)";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(B|KiB|MiB)");

    /** Reads a size; throws {@code IllegalArgumentException} with half a sentence. */
    public static ByteSize parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            boolean bare = !text.isEmpty() && text.chars().allMatch(Character::isDigit);
            throw new IllegalArgumentException(bare ? "has no unit (B KiB MiB)" : "is not a size");
        }
        long unit = switch (form.group(2)) {
            case "B" -> 1;
            case "KiB" -> 1024;
            default -> 1024 * 1024;
        };
        try {
            return new ByteSize(new BigDecimal(form.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact());
        } catch (ArithmeticException fraction) {
            throw new IllegalArgumentException("is not a whole number of bytes", fraction);
        }
    }

    @Override
    public String toString() {
        return bytes % 1024 == 0 && bytes > 0 ? bytes / 1024 + "KiB" : bytes + "B";
    }
}
