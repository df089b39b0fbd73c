package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.voice.VoiceSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same connections captured at another place: what was lost between the two, which way, and who sent a reset.
 *
 * <p>Connections are paired by what their clients drew at random, so that a NAT between the two does no harm.
 */
final class SecondCapture {
    private final List<Finding> findings = new ArrayList<>();
    private final List<Double> offsets = new ArrayList<>();
    private int pairs;

    private SecondCapture() {}

    static SecondCapture compare(
            List<Told> here, List<VoiceSession> voiceHere, List<Told> there, List<VoiceSession> voiceThere) {
        Map<String, Told> byMark = new HashMap<>();
        there.forEach(one -> byMark.putIfAbsent(one.mark(), one));
        SecondCapture both = new SecondCapture();
        for (Told one : here) {
            Told other = byMark.get(one.mark());
            if (other != null) {
                both.pair(one, other);
            } else if (!there.isEmpty() && isUnanswered(one)) {
                both.add(
                        one,
                        cause(
                                "tcp-timeout",
                                Confidence.CERTAIN,
                                one.causes().get(0).evidence().get(0)),
                        new Evidence(
                                "second capture", "no such connection", "the SYN was lost between the two places"));
            }
        }
        for (VoiceSession one : voiceHere) {
            voiceThere.stream()
                    .filter(other -> other.identifier() == one.identifier())
                    .findFirst()
                    .ifPresent(other -> both.voice(one, other));
        }
        return both;
    }

    private static boolean isUnanswered(Told one) {
        return one.causes().stream().anyMatch(cause -> cause.word().equals(FailureReason.TCP_TIMEOUT.wireName()));
    }

    private void pair(Told one, Told other) {
        pairs++;
        offsets.add((other.first().nanos() - one.first().nanos()) / 1e9);
        if (one.serverReset() != null && other.serverReset() == null) {
            add(
                    one,
                    cause(
                            FailureReason.CONNECTION_LOST.wireName(),
                            Confidence.CERTAIN,
                            new Evidence(
                                    "packet " + one.serverReset().packet(),
                                    "server: RST",
                                    "here it came in the server's name")),
                    new Evidence(
                            "second capture",
                            "no RST of the server",
                            "the server did not send it: something between the two places did"));
        }
        String ends = one.ends().toString();
        lost(ends, "bytes", true, one.clientBytes(), other.clientBytes(), other.last());
        lost(ends, "bytes", false, other.serverBytes(), one.serverBytes(), one.last());
    }

    /** Voice is paired by its identifier, and its packets are counted. */
    private void voice(VoiceSession one, VoiceSession other) {
        String ends = one.ends().toString();
        lost(
                ends,
                "voice packets",
                true,
                one.up().packets(),
                other.up().packets(),
                other.up().last());
        lost(
                ends,
                "voice packets",
                false,
                other.down().packets(),
                one.down().packets(),
                one.down().last());
    }

    private void lost(String ends, String what, boolean up, long sent, long arrived, @Nullable Moment last) {
        if (sent <= arrived) {
            return;
        }
        Evidence evidence = new Evidence(
                last == null
                        ? "the capture that lacks them"
                        : "packet " + last.packet() + " of the capture that lacks them",
                last == null ? "nothing of it came by there" : "the last of it there",
                (sent - arrived) + " of the " + sent + " " + what + " that the " + (up ? "client" : "server")
                        + " sent (" + (up ? "here" : "second") + ") did not come by there (" + (up ? "second" : "here")
                        + ")");
        String word = what.equals("bytes") ? "uplink-lost" : arrived == 0 ? "udp-silent" : "udp-loss";
        boolean isCause = up || !what.equals("bytes");
        findings.add(new Finding(
                "Lost between the captures",
                ends,
                isCause ? List.of(cause(word, Confidence.CERTAIN, evidence)) : List.of(),
                isCause ? List.of() : List.of(evidence),
                1));
    }

    private static Cause cause(String word, Confidence confidence, Evidence evidence) {
        return new Cause(word, confidence, List.of(evidence), List.of());
    }

    private void add(Told one, Cause cause, Evidence seen) {
        findings.add(new Finding("Both captures", one.ends().toString(), List.of(cause), List.of(seen), 1));
    }

    List<Finding> findings() {
        return findings;
    }

    /** How many connections both have, and how their clocks differ, as far as first packets tell. */
    String note() {
        return pairs == 0
                ? "The two captures have no connection in common."
                : String.format(
                        Locale.ROOT,
                        "%d connections are in both captures; the second shows their first packets %.3f s later, which is the way"
                                + " between the two places and the difference of their clocks.",
                        pairs,
                        offsets.stream()
                                .sorted()
                                .skip(offsets.size() / 2)
                                .findFirst()
                                .orElse(0.0));
    }
}
