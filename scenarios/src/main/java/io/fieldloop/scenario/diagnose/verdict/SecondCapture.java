package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    static SecondCapture compare(List<Told> here, List<Told> there) {
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
        lost(one, other, one.clientBytes() - other.clientBytes(), "client", "here", "second");
        lost(one, other, other.serverBytes() - one.serverBytes(), "server", "second", "here");
    }

    private void lost(Told one, Told other, long missing, String sender, String seen, String unseen) {
        if (missing > 0) {
            boolean up = sender.equals("client");
            long sent = up ? one.clientBytes() : other.serverBytes();
            Told last = up ? other : one;
            Evidence evidence = new Evidence(
                    "packet " + last.last().packet() + " of the capture that lacks them",
                    "the last of this connection there",
                    missing + " of the " + sent + " bytes that the " + sender + " sent (" + seen
                            + ") did not come by there (" + unseen + ")");
            findings.add(new Finding(
                    "Lost between the captures",
                    one.ends().toString(),
                    up ? List.of(cause("uplink-lost", Confidence.CERTAIN, evidence)) : List.of(),
                    up ? List.of() : List.of(evidence),
                    1));
        }
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
