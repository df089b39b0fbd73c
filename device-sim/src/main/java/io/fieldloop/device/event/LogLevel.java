package io.fieldloop.device.event;

/** Level of an ESP-IDF log line, written as its first letter. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    VERBOSE;

    public String letter() {
        return name().substring(0, 1);
    }
}
