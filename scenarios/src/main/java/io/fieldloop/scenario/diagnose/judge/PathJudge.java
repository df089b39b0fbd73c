package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.tcp.Half;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.Passage;
import io.fieldloop.scenario.diagnose.tcp.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges what the way between two ends did to their packets, whatever became of the connection. */
public final class PathJudge {
    /** Sent a third time and more: two losses in a row happen to any segment. */
    private static final int STUCK_TIMES_MIN = 2;

    /** What every path of IPv4 must carry whole (RFC 791) is no large packet. */
    private static final int LARGE_BYTES_MIN = 536;

    private static final double HOLE_SECONDS_MIN = 3;
    private static final int REPEATS_MIN = 3;
    private static final double REPEATED_SHARE_MIN = 0.02;
    private static final int SAMPLES_MIN = 3;
    private static final int WOKEN_MIN = 2;
    private static final double TIMES_MIN = 2;
    private static final double MORE_NANOS_MIN = 200e6;
    private static final int FRAGMENTATION_NEEDED = 3 << 8 | 4;
    private static final int TOO_BIG_V6 = 2 << 8;

    private final Scene scene;
    private final List<Cause> causes = new ArrayList<>();

    private PathJudge(Scene scene) {
        this.scene = scene;
    }

    public static List<Cause> judge(Scene scene) {
        PathJudge judge = new PathJudge(scene);
        judge.blackHole("client", scene.client(), scene.server());
        judge.blackHole("server", scene.server(), scene.client());
        judge.loss();
        judge.radio("client", scene.client().passage());
        judge.radio("server", scene.server().passage());
        judge.opening();
        judge.queue("client", scene.client().passage());
        judge.queue("server", scene.server().passage());
        return judge.causes;
    }

    /** Large packets never arrive, and whatever else is sent does. */
    private void blackHole(String sender, Half half, Half other) {
        Passage passage = half.passage();
        Moment stuck = passage.stuckAt();
        Moment hole = half.hole();
        List<Evidence> evidence = new ArrayList<>();
        if (stuck != null && other.last() != null && isStuck(passage, other.last())) {
            evidence.add(scene.see(
                    stuck,
                    sender + ": " + passage.stuckBytes() + " bytes again",
                    passage.stuckTimes() + " times in all, and they were never acknowledged"));
            evidence.add(scene.see(other.last(), "the other end", "its packets still arrive, so the way is not cut"));
        } else if (hole != null && isHole(half, hole, scene.tcp().last())) {
            evidence.add(scene.see(
                    hole,
                    sender + ": a packet that came",
                    "the " + half.holeBytes() + " bytes before it never did, in "
                            + Scene.seconds(scene.tcp().last().secondsSince(hole))));
        }
        if (!evidence.isEmpty()) {
            blackHole(evidence);
        }
    }

    private static boolean isStuck(Passage passage, Moment lastOfOther) {
        Moment stuck = passage.stuckAt();
        return stuck != null
                && passage.stuckTimes() >= STUCK_TIMES_MIN
                && passage.stuckBytes() >= LARGE_BYTES_MIN
                && lastOfOther.compareTo(stuck) > 0;
    }

    private static boolean isHole(Half half, Moment hole, Moment end) {
        return half.holeBytes() >= LARGE_BYTES_MIN && end.secondsSince(hole) >= HOLE_SECONDS_MIN;
    }

    /** How long a segment was that never came through, though others did; 0 where each did. */
    public static int stuckBytes(Half half, Half other, Moment end) {
        if (other.last() != null && isStuck(half.passage(), other.last())) {
            return half.passage().stuckBytes();
        }
        return half.hole() != null && isHole(half, half.hole(), end) ? (int) half.holeBytes() : 0;
    }

    private void blackHole(List<Evidence> evidence) {
        Moment icmp = scene.tcp().unreachable();
        int code = scene.tcp().unreachableCode();
        boolean told = icmp != null && (code == FRAGMENTATION_NEEDED || code == TOO_BIG_V6);
        if (icmp != null && told) {
            evidence.add(
                    scene.see(icmp, "ICMP: " + TcpJudge.unreachableWords(code), "a router says that it is too large"));
        }
        causes.add(new Cause(
                "mtu-black-hole",
                told ? Confidence.CERTAIN : Confidence.LIKELY,
                evidence,
                told
                        ? List.of()
                        : List.of(
                                "ping -M do -s 1472 SERVER from the device's network, and smaller: the size from which"
                                        + " no answer comes")));
    }

    private void loss() {
        PathSight path = PathSight.of(scene.tcp());
        if (path.repeated() < REPEATS_MIN || path.repeated() < REPEATED_SHARE_MIN * path.segments()) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        again("client", scene.client(), evidence);
        again("server", scene.server(), evidence);
        causes.add(new Cause("packet-loss", Confidence.LIKELY, evidence, List.of()));
    }

    private void again(String sender, Half half, List<Evidence> evidence) {
        Passage passage = half.passage();
        Moment run = passage.longestRunAt();
        if (run != null) {
            evidence.add(scene.see(
                    run,
                    sender + ": sends again",
                    passage.repeated() + " of its " + half.segments() + " segments came again, up to "
                            + passage.longestRun() + " in a row"));
        }
    }

    /** Whoever speaks after a pause waits for the radio; with no pause the same takes less. */
    private void radio(String sender, Passage passage) {
        Moment longest = passage.woken().mostAt();
        if (passage.woken().count() >= WOKEN_MIN && longest != null && isLonger(passage.woken(), passage.calm())) {
            causes.add(
                    slow("radio-wake", sender + ": the first packet after a pause", longest, passage.woken(), passage));
        }
    }

    /** The first packet of a connection ends a pause of the radio as a rule. */
    private void opening() {
        Moment syn = scene.tcp().syn();
        Moment synAck = scene.tcp().synAck();
        Spread later = scene.client().passage().roundTrips();
        if (syn == null || synAck == null || scene.tcp().syns() > 1 || later.count() < SAMPLES_MIN) {
            return;
        }
        long took = synAck.nanos() - syn.nanos();
        boolean known = causes.stream().anyMatch(cause -> cause.word().equals("radio-wake"));
        if (!known && took >= TIMES_MIN * later.least() && took - later.least() >= MORE_NANOS_MIN) {
            Evidence first = scene.see(
                    syn,
                    "client: SYN",
                    String.format(
                            Locale.ROOT,
                            "answered after %.0f ms, and what followed after %.0f ms at best",
                            took / 1e6,
                            later.least() / 1e6));
            causes.add(new Cause(
                    "radio-wake",
                    Confidence.POSSIBLE,
                    List.of(first),
                    List.of("whether it is so after each pause; a server that was slow to accept is so without one")));
        }
    }

    private void queue(String sender, Passage passage) {
        Moment longest = passage.queued().mostAt();
        if (passage.queued().count() >= SAMPLES_MIN && longest != null && isLonger(passage.queued(), passage.calm())) {
            causes.add(slow("bufferbloat", sender + ": much at once", longest, passage.queued(), passage));
        }
    }

    private Cause slow(String word, String shown, Moment longest, Spread slow, Passage passage) {
        return new Cause(
                word,
                Confidence.LIKELY,
                List.of(scene.see(
                        longest,
                        shown,
                        String.format(
                                Locale.ROOT,
                                "acknowledged after %.0f ms (%d such: %.0f ms on average), others after %.0f ms",
                                slow.most() / 1e6,
                                slow.count(),
                                slow.mean() / 1e6,
                                passage.calm().mean() / 1e6))),
                List.of());
    }

    /** Where even the shortest of these took clearly longer than the others on average. */
    public static boolean isLonger(Spread slow, Spread calm) {
        return calm.count() >= SAMPLES_MIN
                && slow.least() >= TIMES_MIN * calm.mean()
                && slow.least() - calm.mean() >= MORE_NANOS_MIN;
    }
}
