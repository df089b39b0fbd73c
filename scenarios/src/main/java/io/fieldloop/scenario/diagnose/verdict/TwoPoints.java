package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import java.util.List;
import java.util.Optional;

/** What a second place of capture adds: what one end sent, and never came by the other. */
final class TwoPoints {
    /** Less is the last words of a close that crossed the end of the capture. */
    private static final long MISSING_BYTES_MIN = 1024;

    /** A client that ends a connection so soon after it sent something ends it for that. */
    private static final double SENDING_SECONDS = 5;

    /** No reason of a device: whether it notices is its own matter. */
    private static final String UPLINK_LOST = "uplink-lost";

    private TwoPoints() {}

    static Told judge(Told one, List<Told> far) {
        Evidence closed = one.closed();
        Optional<Told> twin = far.stream()
                .filter(other ->
                        other.ends().equals(one.ends()) && !other.first().equals(one.first()))
                .filter(other -> Math.abs(other.first().secondsSince(one.first())) < 60)
                .findFirst();
        long missing =
                twin.map(other -> one.clientBytes() - other.clientBytes()).orElse(0L);
        if (closed == null || one.isClaimed() || missing < MISSING_BYTES_MIN) {
            return one;
        }
        boolean sending = one.last().secondsSince(one.lastSent()) < SENDING_SECONDS;
        return one.withCauses(List.of(new Cause(
                sending ? FailureReason.WRITE_TIMEOUT.wireName() : UPLINK_LOST,
                Confidence.LIKELY,
                List.of(
                        closed,
                        new Evidence(
                                "packet "
                                        + twin.map(other -> other.last().packet())
                                                .orElse(0L),
                                "the last packet of this connection beyond the link",
                                "of the client's " + one.clientBytes() + " bytes " + missing + " never arrived there")),
                List.of("the device's console: whether and when its write failed"))));
    }
}
