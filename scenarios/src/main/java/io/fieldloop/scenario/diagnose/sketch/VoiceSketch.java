package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.diagnose.judge.VoiceJudge;
import io.fieldloop.scenario.diagnose.tcp.Ends;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.voice.VoiceHalf;
import io.fieldloop.scenario.diagnose.voice.VoiceSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What makes voice over UDP fare in a scenario as it did in a capture: lost, late, doubled, one way only, or from another port.
 *
 * <p>No device gives a reason for that, so what both ends count is expected instead. {@code {device}} stands for its name.
 */
public final class VoiceSketch {
    private static final double PACKET_SECONDS = 0.06;
    private static final double SPEECH_SECONDS_MAX = 6;
    private static final int TURNS_MAX = 20;

    /** With so many expected, that none happens is as good as impossible. */
    private static final double EVENTS_MIN = 6;

    /** A NAT forgets after silence; one that gives another port in mid-speech was restarted, or hands over. */
    private static final double FORGETTING_SECONDS_MIN = 5;

    private final VoiceJudge.Judged judged;
    private final VoiceSession here;
    private final List<Sketch.Line> link = new ArrayList<>();
    private final List<Sketch.Line> steps = new ArrayList<>();
    private final List<Sketch.Line> expected = new ArrayList<>();
    private double rateMin = 1;

    private VoiceSketch(VoiceJudge.Judged judged) {
        this.judged = judged;
        here = judged.here();
    }

    /** Of each client the first whose voice did not arrive as it was sent. */
    public static List<VoiceSketch> of(List<VoiceJudge.Judged> all, int devicesMax) {
        Map<String, VoiceSketch> devices = new LinkedHashMap<>();
        for (VoiceJudge.Judged one : all) {
            String client = one.here().ends().client();
            if (devices.size() < devicesMax && !devices.containsKey(client)) {
                VoiceSketch sketch = new VoiceSketch(one);
                sketch.read();
                if (!sketch.expected.isEmpty()) {
                    devices.put(client, sketch);
                }
            }
        }
        return List.copyOf(devices.values());
    }

    Ends ends() {
        return here.ends();
    }

    /** What people hear of it, in words for causes; empty where nobody need hear it. */
    List<String> words() {
        return judged.finding().causes().stream().map(Cause::word).toList();
    }

    List<Sketch.Line> link() {
        return link;
    }

    /** Between its connecting and its end. */
    List<Sketch.Line> steps() {
        return steps;
    }

    List<Sketch.Line> expected() {
        return expected;
    }

    private void read() {
        silence();
        VoiceHalf up = judged.beyond() == null ? here.up() : judged.beyond().up();
        passage("upstream", up);
        passage("downstream", here.down());
        speak();
    }

    /** One way or both: what the far end shows says which. */
    private void silence() {
        Moment last = here.up().last();
        boolean silent = judged.finding().causes().stream()
                .anyMatch(cause -> cause.word().equals("udp-silent"));
        if (!silent || last == null) {
            return;
        }
        VoiceSession beyond = judged.beyond();
        Moment answer = beyond == null ? null : beyond.down().first();
        boolean answered = answer != null;
        boolean dropped = judged.bothEnds() && beyond == null;
        String way = answered ? "downstream-blocked" : dropped ? "upstream-blocked" : "blocked";
        link.add(new Sketch.Line(
                "udp: " + way,
                answer != null
                        ? "packet " + answer.packet() + ": the answer left the server and did not arrive"
                        : dropped
                                ? "packet " + first(here.up()) + " and those after it did not come out of the link"
                                : "packet " + last.packet()
                                        + ": nothing came back; which way is cut one end does not show"));
        expect("audio-received, of: device, actor: {device}", "count: 0", last, "nothing was heard");
        expect(
                "dropped, of: link, actor: {device}",
                "where: { direction: " + (answered ? "downstream" : "upstream") + ", reason: udp-blocked }",
                last,
                "that it was spoken is certain");
    }

    private static long first(VoiceHalf half) {
        return Objects.requireNonNull(half.first()).packet();
    }

    private void passage(String direction, VoiceHalf half) {
        Moment last = half.last();
        if (last == null || half.missing() + half.late() + half.repeated() == 0) {
            return;
        }
        boolean up = direction.equals("upstream");
        double sent = half.packets() + half.missing();
        List<String> values = new ArrayList<>();
        if (half.missing() > 0) {
            values.add(share("loss", half.missing(), sent));
            double run = (double) half.missing() / Math.max(1, half.gaps().size());
            if (run > 1.05) {
                values.add(String.format(Locale.ROOT, "loss-burst: %.1f", run));
            }
            expect(
                    "dropped, of: link, actor: {device}",
                    "where: { direction: " + direction + ", reason: loss }",
                    last,
                    half.missing() + " of " + (long) sent + " are missing");
        }
        if (half.late() > 0) {
            values.add(share("reorder", half.late(), sent));
            values.add(String.format(Locale.ROOT, "reorder-by: %dms", Math.max(1, Math.round(half.lateMillis()))));
            expectRefused(up, "late", last, half.late() + " came late");
        }
        if (half.repeated() > 0) {
            values.add(share("duplicate", half.repeated(), sent));
            expectRefused(up, "duplicate", last, half.repeated() + " came again");
        }
        values.forEach(value ->
                link.add(new Sketch.Line(direction + "." + value, "packet " + last.packet() + ": by its numbers")));
    }

    private String share(String key, long packets, double sent) {
        rateMin = Math.min(rateMin, packets / sent);
        return String.format(Locale.ROOT, "%s: %.1f%%", key, Math.max(0.1, 100 * packets / sent));
    }

    /** A device calls both old. */
    private void expectRefused(boolean up, String reason, Moment at, String because) {
        String what = up ? "voice-packet-refused, of: gateway" : "voice-refused, of: device, actor: {device}";
        expect(what, "where: { " + (up ? "reason: " + reason : "why: old-sequence") + " }", at, because);
    }

    private void expect(String event, String rest, Moment at, String because) {
        expected.add(
                new Sketch.Line("{ event: " + event + ", " + rest + " }", "packet " + at.packet() + ": " + because));
    }

    private void speak() {
        Moment moved = judged.outside().moved();
        double perTurn = SPEECH_SECONDS_MAX / PACKET_SECONDS;
        double spoken = Math.max(here.up().packets(), here.down().packets());
        int turns = (int) Math.min(
                TURNS_MAX,
                Math.max(
                        Math.ceil(spoken / perTurn),
                        expected.isEmpty() ? 1 : Math.ceil(EVENTS_MIN / rateMin / perTurn)));
        String talk = String.format(
                Locale.ROOT,
                "talk: { devices: {device}, speech: %.0fs, turns: %d }",
                Math.max(2, Math.min(SPEECH_SECONDS_MAX, here.up().packets() * PACKET_SECONDS)),
                Math.max(1, turns));
        steps.add(new Sketch.Line(
                talk,
                here.up().first() == null
                        ? "assumed: who hears has spoken"
                        : "packet " + first(here.up()) + ": " + here.up().packets() + " packets of voice"));
        if (moved != null) {
            moved(moved, "talk: { devices: {device}, speech: 3s }");
        }
    }

    private void moved(Moment moved, String talk) {
        VoiceSession outside = judged.outside();
        String seen = "packet " + moved.packet() + ": from another port after " + Scene.seconds(outside.silentSeconds())
                + " of silence";
        if (outside.silentSeconds() >= FORGETTING_SECONDS_MIN) {
            long seconds = (long) outside.silentSeconds();
            link.add(new Sketch.Line("nat-idle-udp: " + seconds + "s", seen + ", and maybe it forgets sooner"));
            steps.add(new Sketch.Line("wait: " + (seconds + 2) + "s", seen));
        } else {
            steps.add(new Sketch.Line("nat-rebind: { of: {device}, what: udp }", seen));
        }
        Moment old = outside.toOldAddress();
        if (old != null) {
            steps.add(new Sketch.Line(
                    "link: { of: {device}, udp: downstream-blocked }",
                    "packet " + old.packet() + ": the server still sends where nobody is"));
        }
        steps.add(new Sketch.Line(talk, "it spoke on"));
        expect("voice-address-learned, of: gateway", "where: { rebound: true }", moved, "the device was elsewhere");
    }
}
