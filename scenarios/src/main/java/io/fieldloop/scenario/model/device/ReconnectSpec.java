package io.fieldloop.scenario.model.device;

import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;

/** How the user of a device reacts when it is offline: presses the button again. */
@Doc("How often the user opens the channel again; real devices do not do it by themselves")
public record ReconnectSpec(
        @Doc("Time from the failure to the next attempt") @Default("5s")
        Duration after,

        @Doc("Up to so much more, at random from the seed") @Default("0s")
        Duration spread,

        @Doc("How many attempts in a row may fail") @Default("10") @Bounds(min = 1, max = 1_000_000)
        int attempts) {}
