package io.fieldloop.scenario.model;

import io.fieldloop.scenario.adversary.AttackPlan;
import io.fieldloop.scenario.model.value.Rate;
import io.fieldloop.scenario.shape.annotation.Bounds;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.annotation.Known;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An attacker on the Internet. */
@Doc("Somebody who connects to the gateway and is no device")
public record AdversarySpec(
        @Doc("What is sent") @Known("probe") String probe,
        @Doc("Connections in a time") @Default("10/s") Rate rate,

        @Doc("How long it goes on; without this and `count` it connects once") @Key("for") @Nullable
        Duration lasts,

        @Doc("How many connections in all") @Nullable @Bounds(min = 1, max = 1_000_000)
        Integer count,

        @Doc("From how many different addresses") @Default("1") @Bounds(min = 1, max = 65_000)
        int sources,

        @Doc("The one address it comes from instead, such as a device's own where both are behind one NAT")
        @Nullable
        @Written(Syntax.LOOPBACK_ADDRESS)
        String source,

        @Doc("The port") @Default("ws") AttackTarget to,

        @Doc("Begin at this time; default: when a step `attack` says so") @Nullable
        Duration starts,

        SourcePosition position) {
    /**
     * What it does, from addresses that begin at that number; without a time and a count it connects once.
     *
     * @param address of {@link #source}, or null where it has none of its own
     */
    public AttackPlan plan(int firstSource, @Nullable InetAddress address) {
        return new AttackPlan(
                probe,
                to.name().toLowerCase(Locale.ROOT),
                rate.perSecond(),
                lasts,
                count == null && lasts == null ? Integer.valueOf(1) : count,
                sources,
                firstSource,
                address,
                AttackPlan.CONNECTIONS_USUALLY,
                "gateway.test",
                "/xiaozhi/v1/");
    }
}
