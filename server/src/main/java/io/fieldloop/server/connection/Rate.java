package io.fieldloop.server.connection;

import java.time.Duration;

/** So many occurrences within so long; reaching the count within the window is crossing the rate. */
public record Rate(int count, Duration window) {
    public Rate {
        if (count < 1 || window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException(
                    "A rate of " + count + " per " + window + " makes no sense: both must be positive.");
        }
    }

    public double perSecond() {
        return count * 1e9 / window.toNanos();
    }
}
