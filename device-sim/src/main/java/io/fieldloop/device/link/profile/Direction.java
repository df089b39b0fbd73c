package io.fieldloop.device.link.profile;

import java.util.Locale;

/** Which way bytes travel: {@code upstream} is device to gateway. */
public enum Direction {
    UPSTREAM,
    DOWNSTREAM;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Direction opposite() {
        return this == UPSTREAM ? DOWNSTREAM : UPSTREAM;
    }
}
