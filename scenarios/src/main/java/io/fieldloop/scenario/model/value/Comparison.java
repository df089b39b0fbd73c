package io.fieldloop.scenario.model.value;

import java.util.Arrays;

/** How a bound compares. */
public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /** Tells whether a value that compares to the bound as {@code order} (as in {@code compareTo}) satisfies it. */
    public boolean holds(int order) {
        return switch (this) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    static Comparison of(String sign) {
        return Arrays.stream(values())
                .filter(c -> c.sign.equals(sign))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not a comparison"));
    }
}
