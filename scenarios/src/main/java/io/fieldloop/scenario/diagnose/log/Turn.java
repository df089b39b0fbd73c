package io.fieldloop.scenario.diagnose.log;

import java.util.Arrays;
import java.util.Locale;

/** What a line does to the connection it is about. */
enum Turn {
    NONE,
    BEGINS,
    ONLINE,
    ACTIVITY,
    FAILS,
    LOST,
    /** Whatever was, the device is done with it. */
    OVER,
    NETWORK_LOST,
    NETWORK_UP,
    BOOT;

    static Turn named(String word) {
        return Arrays.stream(values())
                .filter(turn ->
                        turn.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no event " + word + "."));
    }
}
