package io.fieldloop.device.link.profile;

import java.time.Duration;

/** Cuts what is sent into small pieces: at most {@code bytesMax} each, {@code every} apart; 0 bytes leaves it whole. */
public record Split(int bytesMax, Duration every) {
    public static final Split NONE = new Split(0, Duration.ZERO);
}
