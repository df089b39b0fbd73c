package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.scenario.diagnose.tcp.Half;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.Spread;
import io.fieldloop.scenario.diagnose.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the path did to a connection's packets.
 *
 * @param roundTripNanos the least that was measured; 0 where nothing was
 * @param segments that carried something, of both ends
 * @param repeated how many of them came again
 * @param early how many came before one that belongs in front of them
 * @param zeroWindow where an end first said that it had no room left, or null
 * @param windowProbes how many segments only asked whether there is room again
 */
public record PathSight(
        long roundTripNanos,
        long jitterNanos,
        long segments,
        long repeated,
        long early,
        @Nullable Moment zeroWindow,
        long windowProbes) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long UNKNOWN = -1;

    /** Of fewer, one that came again early or twice looks like a loss of many percent. */
    private static final int SEGMENTS_OF_A_RATE = 20;

    public static PathSight of(TcpConnection tcp) {
        Half client = tcp.client();
        Half server = tcp.server();
        Moment syn = tcp.syn();
        Moment synAck = tcp.synAck();
        long opening = syn == null || synAck == null || tcp.syns() > 1 ? UNKNOWN : synAck.nanos() - syn.nanos();
        // Without acknowledgements of their own, answers measure how long the other end thought.
        boolean measured = client.pureAcknowledgements() > 1 && server.pureAcknowledgements() > 1;
        Spread up = client.passage().roundTrips();
        Spread down = server.passage().roundTrips();
        boolean answered = up.count() > 0 && down.count() > 0;
        long least = answered ? up.least() + down.least() : Long.MAX_VALUE;
        long spread = Math.max(
                spread(client.passage().calm()), spread(server.passage().calm()));
        return new PathSight(
                opening != UNKNOWN ? Math.min(opening, least) : measured && answered ? least : 0,
                spread,
                client.segments() + server.segments(),
                client.passage().repeated() + server.passage().repeated(),
                client.early() + server.early(),
                client.zeroWindow() == null ? server.zeroWindow() : client.zeroWindow(),
                client.windowProbes() + server.windowProbes());
    }

    private static long spread(Spread calm) {
        return calm.most() - calm.least();
    }

    /** Half sentences; none where the path did nothing worth telling. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (roundTripNanos > 0) {
            words.add(String.format(
                    Locale.ROOT,
                    "round trip %.0f ms%s",
                    roundTripMillis(),
                    jitterNanos > 0
                            ? String.format(Locale.ROOT, ", up to %.0f ms more", jitterNanos / NANOS_PER_MILLI)
                            : ""));
        }
        if (repeated > 0 && segments >= SEGMENTS_OF_A_RATE) {
            words.add(String.format(
                    Locale.ROOT,
                    "%d of %d segments were sent again: about %.1f %% of packets are lost",
                    repeated,
                    segments,
                    100.0 * repeated / segments));
        } else if (repeated > 0) {
            words.add(String.format(Locale.ROOT, "%d of %d segments were sent again", repeated, segments));
        }
        if (early > 0) {
            words.add(early == 1 ? "1 segment came out of order" : early + " segments came out of order");
        }
        if (zeroWindow != null) {
            words.add("a receiver had no room left (zero window in packet " + zeroWindow.packet() + ")"
                    + (windowProbes > 0 ? " and was asked " + windowProbes + " times whether it has" : ""));
        }
        return words;
    }

    public double roundTripMillis() {
        return roundTripNanos / NANOS_PER_MILLI;
    }
}
