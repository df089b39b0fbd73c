package io.fieldloop.device.event;

/** Level of an ESP-IDF log line, written as its first letter. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    VERBOSE;

    @Override
    public String toString() {
        return name().substring(0, 1);
    }
}
