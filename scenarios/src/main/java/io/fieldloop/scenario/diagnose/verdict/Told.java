package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.tcp.Ends;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.util.List;

/**
 * What is kept of a connection once it is over.
 *
 * @param causes why it failed, or empty
 * @param redirected whether all that went wrong is a redirect that this client follows
 * @param path what its path did to its packets
 */
public record Told(
        int point,
        Ends ends,
        Moment first,
        Moment last,
        long clientBytes,
        long serverBytes,
        String name,
        List<Cause> causes,
        List<Evidence> seen,
        boolean redirected,
        PathSight path) {
    public Told {
        causes = List.copyOf(causes);
        seen = List.copyOf(seen);
    }
}
