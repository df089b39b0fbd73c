package io.fieldloop.device.modem.ppp;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
public interface PppTimer {
    void after(Duration delay, Runnable task);
}
