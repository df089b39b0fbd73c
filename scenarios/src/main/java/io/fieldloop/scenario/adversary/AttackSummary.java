package io.fieldloop.scenario.adversary;

import java.time.Duration;

/**
 * What an attack came to.
 *
 * @param launched connections attempted
 * @param sent probes that connected and did their steps
 * @param answered of those, the ones the gateway sent at least a byte to
 * @param connectFailed attempts that did not become a connection
 * @param overstayed connections the gateway did not close in time
 * @param withheld probes of the plan never launched: the attack was stopped, or too many were open for too long
 */
public record AttackSummary(
        long launched,
        long sent,
        long answered,
        long connectFailed,
        long overstayed,
        long withheld,
        Duration elapsed) {}
