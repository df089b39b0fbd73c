package io.fieldloop.scenario.adversary;

import io.fieldloop.scenario.shape.DurationText;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to send, how fast, for how long and from where.
 *
 * @param probe a probe or a mix of the catalogue
 * @param listener {@code ws} or {@code wss}
 * @param ratePerSecond connections begun per second, evenly spaced
 * @param time how long connections are begun, or null when only {@code count} limits them
 * @param count how many connections are begun, or null when only {@code time} limits them; one of the two is set
 * @param sources how many distinct source addresses take turns
 * @param firstSource number of the first of them in {@link SourceAddresses}, so that two adversaries need not share any
 * @param source the one address all connections come from, or null for those numbers
 * @param connectionsMax connections open at once; further ones wait for a free place
 * @param host the gateway's nominal name, for the requests that name one
 * @param path the path of well-formed upgrade requests
 */
public record AttackPlan(
        String probe,
        String listener,
        double ratePerSecond,
        @Nullable Duration time,
        @Nullable Integer count,
        int sources,
        int firstSource,
        @Nullable InetAddress source,
        int connectionsMax,
        String host,
        String path) {
    /** No attack begins more connections than this. */
    public static final int COUNT_MAX = 1_000_000;
    /** No attack begins connections for longer than this. */
    public static final Duration TIME_MAX = Duration.ofHours(1);

    public static final double RATE_PER_SECOND_MAX = 20_000;
    public static final int CONNECTIONS_MAX = 8_192;
    public static final int CONNECTIONS_USUALLY = 1_024;

    public AttackPlan {
        require(ProbeCatalogueReader.isListener(listener), "to", listener, "ws, wss, mqtt, mqtts, ota or udp");
        require(
                ratePerSecond > 0 && ratePerSecond <= RATE_PER_SECOND_MAX,
                "rate",
                perSecond(ratePerSecond),
                "above 0 and at most " + (long) RATE_PER_SECOND_MAX + "/s");
        require(
                time == null || (!time.isNegative() && !time.isZero() && time.compareTo(TIME_MAX) <= 0),
                "for",
                time == null ? null : DurationText.print(time),
                "above 0 and at most 1h");
        require(count == null || (count > 0 && count <= COUNT_MAX), "count", count, "between 1 and " + COUNT_MAX);
        require(time != null || count != null, "for", null, "given when there is no count");
        require(sources > 0 && sources <= SourceAddresses.COUNT, "sources", sources, "between 1 and 65024");
        require(
                firstSource >= 0 && firstSource + sources <= SourceAddresses.COUNT,
                "first source",
                firstSource,
                "low enough that all sources exist");
        require(
                connectionsMax > 0 && connectionsMax <= CONNECTIONS_MAX,
                "connections",
                connectionsMax,
                "between 1 and " + CONNECTIONS_MAX);
        require(
                plannedCount(ratePerSecond, time, count) <= COUNT_MAX,
                "rate x for",
                plannedCount(ratePerSecond, time, count),
                "at most " + COUNT_MAX + " connections in all");
        require(
                time != null || plannedCount(ratePerSecond, null, count) / ratePerSecond <= TIME_MAX.toSeconds(),
                "count / rate",
                count,
                "done within 1h at " + perSecond(ratePerSecond));
    }

    /** Where connection number {@code turn}, from 0, comes from. */
    InetAddress sourceOf(long turn) {
        return source == null ? SourceAddresses.get(firstSource + (int) (turn % sources)) : source;
    }

    /** How many connections the plan begins when nothing holds it up. */
    public long plannedCount() {
        return plannedCount(ratePerSecond, time, count);
    }

    private static long plannedCount(double ratePerSecond, @Nullable Duration time, @Nullable Integer count) {
        long byCount = count == null ? Long.MAX_VALUE : count;
        long byTime = time == null ? Long.MAX_VALUE : (long) Math.ceil(time.toNanos() / 1e9 * ratePerSecond);
        return Math.min(byCount, byTime);
    }

    private static String perSecond(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString() + "/s";
    }

    private static void require(boolean holds, String key, @Nullable Object value, String expected) {
        if (!holds) {
            throw new AdversaryConfigException(
                    "\"" + key + "\" is " + (value == null ? "absent" : value) + ", it must be " + expected);
        }
    }
}
