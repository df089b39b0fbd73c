package io.fieldloop.scenario.adversary;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Plans of attack for tests: one probe, once, from one source, against {@code ws}; change what differs. */
public final class AttackPlans {
    private final String probe;
    private String listener = "ws";
    private double ratePerSecond = 1;
    private @Nullable Duration time;
    private @Nullable Integer count;
    private int sources = 1;
    private int firstSource;
    private @Nullable InetAddress source;
    private int connectionsMax = 1_024;
    private String host = "gateway.test";
    private String path = "/xiaozhi/v1/";

    private AttackPlans(String probe) {
        this.probe = probe;
    }

    public static AttackPlans of(String probe) {
        return new AttackPlans(probe);
    }

    public AttackPlans listener(String name) {
        listener = name;
        return this;
    }

    public AttackPlans ratePerSecond(double rate) {
        ratePerSecond = rate;
        return this;
    }

    public AttackPlans time(@Nullable Duration limit) {
        time = limit;
        return this;
    }

    public AttackPlans count(@Nullable Integer limit) {
        count = limit;
        return this;
    }

    public AttackPlans sources(int number) {
        sources = number;
        return this;
    }

    public AttackPlans firstSource(int number) {
        firstSource = number;
        return this;
    }

    public AttackPlans source(@Nullable InetAddress address) {
        source = address;
        return this;
    }

    public AttackPlans connectionsMax(int number) {
        connectionsMax = number;
        return this;
    }

    public AttackPlans host(String name) {
        host = name;
        return this;
    }

    public AttackPlans path(String text) {
        path = text;
        return this;
    }

    public AttackPlan build() {
        Integer limit = count == null && time == null ? Integer.valueOf(1) : count;
        return new AttackPlan(
                probe, listener, ratePerSecond, time, limit, sources, firstSource, source, connectionsMax, host, path);
    }
}
