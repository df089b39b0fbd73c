package io.fieldloop.scenario.diagnose.server;

import java.util.Locale;

/** Who a line of a server's log is about. */
enum Who {
    /** Somebody who looks for other services. */
    SCAN("a scan"),
    /** A client that was told a wrong scheme, port or path; once and from everywhere it is a scan too. */
    MISTAKE("a mistake, or a scan"),
    DEVICE("a device"),
    /** A connection of which no more is known yet. */
    ANYBODY("whoever it was"),
    /** This server, or what stands behind it. */
    SERVER("the server itself");

    private final String title;

    Who(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Who named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
