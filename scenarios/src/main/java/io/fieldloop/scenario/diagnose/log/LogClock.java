package io.fieldloop.scenario.diagnose.log;

/** The log's own time, which goes on where a restart begins at nought again. */
final class LogClock {
    private long earlierMillis;
    private long millis;

    long read(long printed) {
        if (printed < millis) {
            earlierMillis += millis;
        }
        millis = printed;
        return earlierMillis + millis;
    }
}
