package io.fieldloop.scenario.diagnose.log;

/**
 * A line of a console, taken apart.
 *
 * @param number in the file, from 1
 * @param millis on the log's own clock, which goes on through restarts, or {@link #UNTIMED}
 * @param level one letter, or empty
 * @param tag the component, or for the Arduino core the source file; empty where there is none
 * @param text the line without what a serial tool put in front of it
 */
record ConsoleLine(int number, long millis, String level, String tag, String message, String text) {
    static final long UNTIMED = -1;

    String place() {
        return "line " + number;
    }

    boolean isTimed() {
        return millis != UNTIMED;
    }

    ConsoleLine at(long time) {
        return new ConsoleLine(number, time, level, tag, message, text);
    }

    /** As ESP-IDF would print it, for readers that know only that. */
    String asPrinted() {
        return level.isEmpty() && !tag.isEmpty() ? "E " + tag + ": " + message : text;
    }
}
