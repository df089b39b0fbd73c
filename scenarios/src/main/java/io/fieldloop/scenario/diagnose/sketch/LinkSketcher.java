package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.scenario.diagnose.judge.PathJudge;
import io.fieldloop.scenario.diagnose.judge.PathSight;
import io.fieldloop.scenario.diagnose.tcp.Half;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.Passage;
import io.fieldloop.scenario.diagnose.tcp.TcpConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fits a link to what a path did to packets: delay, jitter, loss and its bursts, what waking and queues cost. */
final class LinkSketcher {
    private static final double MILLIS_MIN = 2;
    private static final int ETHERNET_BYTES = 1500;

    /** Of IPv4 and TCP without options. */
    private static final int HEADERS_BYTES = 40;

    /** Of a normal distribution nearly all lies within so many standard deviations. */
    private static final double DEVIATIONS_OF_SPREAD = 4;

    private final TcpConnection tcp;
    private final PathSight path;
    private final List<Sketch.Line> lines = new ArrayList<>();

    private LinkSketcher(TcpConnection tcp) {
        this.tcp = tcp;
        path = PathSight.of(tcp);
    }

    static List<Sketch.Line> lines(TcpConnection tcp) {
        LinkSketcher link = new LinkSketcher(tcp);
        link.delay();
        link.loss();
        link.largest(tcp.client());
        link.largest(tcp.server());
        link.waking(tcp.client().passage());
        link.queue(tcp.client());
        link.queue(tcp.server());
        return link.lines;
    }

    private void delay() {
        if (path.roundTripMillis() < MILLIS_MIN) {
            return;
        }
        add("delay: %.0fms", path.roundTripMillis() / 2, "half of the round trip of %.1f ms", path.roundTripMillis());
        double deviation = path.jitterNanos() / 1e6 / 2 / DEVIATIONS_OF_SPREAD;
        if (deviation >= 1) {
            add("jitter: %.0fms", deviation, "acknowledgements took up to %.0f ms more", path.jitterNanos() / 1e6);
            lines.add(new Sketch.Line("distribution: normal", "assumed: a few round trips do not show its shape"));
        }
    }

    private void loss() {
        Passage client = tcp.client().passage();
        Passage server = tcp.server().passage();
        long runs = client.runs() + server.runs();
        if (path.repeated() > 0) {
            add(
                    "loss: %.1f%%",
                    100.0 * path.repeated() / path.segments(), "%.0f segments were sent again", (double)
                            path.repeated());
        }
        if (runs > 0 && path.repeated() > runs) {
            add(
                    "loss-burst: %.1f",
                    (double) path.repeated() / runs, "and they came in a row, so often: %.0f", (double) runs);
        }
    }

    /** What is as long as a packet that never came through is too long; how much less would do no capture shows. */
    private void largest(Half half) {
        int bytes = PathJudge.stuckBytes(half, half.equals(tcp.client()) ? tcp.server() : tcp.client(), tcp.last());
        if (bytes > 0 && lines.stream().noneMatch(line -> line.yaml().startsWith("mtu"))) {
            int packet = Math.min(ETHERNET_BYTES, bytes + HEADERS_BYTES) - 1;
            add("mtu: %.0fB", packet, "packets with %.0f bytes of TCP never came through", bytes);
            lines.add(new Sketch.Line("oversize: lost", "and no sender was told"));
        }
    }

    private void waking(Passage passage) {
        Moment longest = passage.woken().mostAt();
        if (longest != null && PathJudge.isLonger(passage.woken(), passage.calm())) {
            double more = (passage.woken().mean() - passage.calm().mean()) / 1e6;
            add(
                    "promotion: %.0fms",
                    more, "packet %.0f and others after a pause took so much longer", (double) longest.packet());
            add(
                    "promotion-after: %.0fs",
                    Passage.IDLE_SECONDS_MIN, "what counts as a pause here: %.0f s", Passage.IDLE_SECONDS_MIN);
        }
    }

    /** While its queue is full a link gives all it has. */
    private void queue(Half half) {
        Moment last = half.lastBytes();
        if (last != null
                && PathJudge.isLonger(half.passage().queued(), half.passage().calm())) {
            double seconds = last.secondsSince(tcp.first());
            add(
                    (half.equals(tcp.client()) ? "upstream" : "downstream") + ".bandwidth: %.0fkbit/s",
                    half.bytes() * 8 / 1000.0 / Math.max(seconds, 0.1),
                    "it took %.1f s, and packets waited for each other",
                    seconds);
        }
    }

    private void add(String yaml, double value, String because, double seen) {
        lines.add(new Sketch.Line(String.format(Locale.ROOT, yaml, value), String.format(Locale.ROOT, because, seen)));
    }
}
