package io.fieldloop.scenario.rig.firmware;

import java.util.Locale;

/** What ends a line that is typed on a firmware's console. */
public enum LineEnd {
    /** As a terminal's Enter key: what ESP-IDF's console and MicroPython take. */
    CR("\r"),
    LF("\n"),
    CRLF("\r\n");

    private final String text;

    LineEnd(String text) {
        this.text = text;
    }

    /** As the command line has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The line as it is sent. */
    public String end(String line) {
        return line + text;
    }
}
