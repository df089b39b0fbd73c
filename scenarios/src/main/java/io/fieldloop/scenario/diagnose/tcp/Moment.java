package io.fieldloop.scenario.diagnose.tcp;

import org.jspecify.annotations.Nullable;

/**
 * Where in a capture something stands.
 *
 * @param packet its number, from 1
 * @param nanos since 1970
 */
public record Moment(long packet, long nanos) implements Comparable<Moment> {
    public double secondsSince(Moment earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }

    /** The later of two, of which either may be missing. */
    public static @Nullable Moment later(@Nullable Moment one, @Nullable Moment other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    @Override
    public int compareTo(Moment other) {
        return Long.compare(packet, other.packet);
    }
}
