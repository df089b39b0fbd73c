package io.fieldloop.scenario.expect;

/**
 * A stretch of the run's time, both ends included.
 *
 * @param fromNanos since the start
 * @param toNanos since the start
 */
record Span(long fromNanos, long toNanos) {
    boolean contains(long nanos) {
        return fromNanos <= nanos && nanos <= toNanos;
    }
}
