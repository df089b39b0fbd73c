package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.scenario.diagnose.tcp.Half;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the path did to a connection's packets.
 *
 * @param roundTripNanos of the opening, or the least that was measured; 0 where nothing was
 * @param segments that carried something, of both ends
 * @param repeated how many of them came again
 * @param early how many came before one that belongs in front of them
 */
public record PathSight(
        long roundTripNanos, long jitterNanos, long segments, long repeated, long early, long zeroWindows) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long UNKNOWN = -1;

    static PathSight of(TcpConnection tcp) {
        Half client = tcp.client();
        Half server = tcp.server();
        Moment syn = tcp.syn();
        Moment synAck = tcp.synAck();
        long opening = syn == null || synAck == null || tcp.syns() > 1 ? UNKNOWN : synAck.nanos() - syn.nanos();
        // Without acknowledgements of their own, answers measure how long the other end thought.
        boolean measured = client.pureAcknowledgements() > 1 && server.pureAcknowledgements() > 1;
        long least = client.roundTrips().least() + server.roundTrips().least();
        long spread = Math.max(
                client.roundTrips().most() - client.roundTrips().least(),
                server.roundTrips().most() - server.roundTrips().least());
        return new PathSight(
                opening != UNKNOWN ? opening : measured ? least : 0,
                measured ? spread : 0,
                client.segments() + server.segments(),
                client.repeated() + server.repeated(),
                client.early() + server.early(),
                (client.zeroWindow() == null ? 0 : 1) + (server.zeroWindow() == null ? 0 : 1));
    }

    /** Half sentences; none where the path did nothing worth telling. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (repeated > 0 && segments > 0) {
            words.add(String.format(
                    Locale.ROOT,
                    "%d of %d segments were sent again: about %.1f %% of packets are lost",
                    repeated,
                    segments,
                    100.0 * repeated / segments));
        }
        if (early > 0) {
            words.add(early + " segments came out of order");
        }
        if (zeroWindows > 0) {
            words.add("a receiver had no room left (zero window)");
        }
        return words;
    }

    double roundTripMillis() {
        return roundTripNanos / NANOS_PER_MILLI;
    }
}
