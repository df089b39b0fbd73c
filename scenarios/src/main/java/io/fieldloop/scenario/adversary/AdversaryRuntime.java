package io.fieldloop.scenario.adversary;

import io.netty.channel.EventLoop;
import java.util.random.RandomGenerator;

/**
 * What an adversary runs on.
 *
 * @param loop carries its connections and its timers; its ticker is the clock
 * @param targets where its connections may lead
 * @param random seeded; the same seed gives the same probes with the same bytes
 */
public record AdversaryRuntime(EventLoop loop, ProbeDialer dialer, RandomGenerator random, TargetPolicy targets) {
    /** A runtime whose adversaries stay on loopback. */
    public AdversaryRuntime(EventLoop loop, ProbeDialer dialer, RandomGenerator random) {
        this(loop, dialer, random, TargetPolicy.LOOPBACK);
    }
}
