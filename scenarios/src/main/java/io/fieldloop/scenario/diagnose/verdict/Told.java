package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.judge.PathSight;
import io.fieldloop.scenario.diagnose.tcp.Ends;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a connection once it is over.
 *
 * @param lastSent the client's last packet with something in it, or its first
 * @param mqttClient the client identifier of MQTT, or empty
 * @param mark what tells it from all others wherever it is captured, whatever a NAT made of its addresses
 * @param serverReset a reset in the server's name, or null
 * @param causes why it failed, or empty
 * @param whole whether the capture has all of it; else that no cause was found says nothing
 * @param redirected whether all that went wrong is a redirect that this client follows
 * @param closed when the client ended it by itself, or null
 * @param path what its path did to its packets
 * @param onTheWay what of that is worth a cause of its own
 */
public record Told(
        int point,
        Ends ends,
        Moment first,
        Moment last,
        Moment lastSent,
        long clientBytes,
        long serverBytes,
        String name,
        String mqttClient,
        String mark,
        @Nullable Moment serverReset,
        List<Cause> causes,
        List<Evidence> seen,
        boolean whole,
        boolean redirected,
        @Nullable Evidence closed,
        PathSight path,
        List<Cause> onTheWay) {
    public Told {
        causes = List.copyOf(causes);
        seen = List.copyOf(seen);
        onTheWay = List.copyOf(onTheWay);
    }

    /** Whether a cause is more than one of several that may be. */
    public boolean isClaimed() {
        return !causes.isEmpty() && causes.get(0).confidence() != Confidence.POSSIBLE;
    }

    /** Whether neither a fault nor its absence can be told. */
    boolean isOpen() {
        return causes.isEmpty() && !whole;
    }

    /** The same with other causes. */
    Told withCauses(List<Cause> others) {
        return new Told(
                point,
                ends,
                first,
                last,
                lastSent,
                clientBytes,
                serverBytes,
                name,
                mqttClient,
                mark,
                serverReset,
                others,
                seen,
                whole,
                redirected,
                closed,
                path,
                onTheWay);
    }
}
