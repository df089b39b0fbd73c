package io.fieldloop.scenario.model.gateway;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import java.time.Duration;

/** WebSocket pings the gateway sends. */
@Doc("WebSocket pings the gateway sends")
public record PingSpec(
        @Doc("Time between pings") Duration every,

        @Doc("Time to wait for the pong before the session is closed") @Default("20s")
        Duration timeout) {
    public PingSpec {
        if (every.isZero()) {
            throw new IllegalArgumentException("pings without a pause: `every` is zero");
        }
    }
}
