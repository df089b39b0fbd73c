package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.capture.NeighbourTable;
import io.fieldloop.scenario.diagnose.capture.NeighbourTable.Claim;
import io.fieldloop.scenario.diagnose.capture.NeighbourTable.Question;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Judges what ARP shows of the local network: an address that two machines claim, and one that nobody has. */
public final class NeighbourJudge {
    private static final String ADDRESS_CONFLICT = "address-conflict";

    /** lwIP and Linux ask three times and more before they give up. */
    private static final int TIMES_MIN = 3;

    /** Who asks for more addresses in vain looks for machines, and needs none of them. */
    private static final int ADDRESSES_MAX = 3;

    private NeighbourJudge() {}

    public static List<Finding> judge(NeighbourTable neighbours) {
        List<Finding> findings = new ArrayList<>();
        neighbours
                .conflicts()
                .forEach(one -> findings.add(finding(
                        one.address(),
                        new Cause(
                                ADDRESS_CONFLICT,
                                Confidence.LIKELY,
                                List.of(
                                        claim(one.first(), "claims it"),
                                        claim(one.other(), "claims it, too"),
                                        claim(one.again(), "still does")),
                                List.of("whether one of them is a router that answers for others (proxy ARP)")))));
        Collection<Question> unanswered = neighbours.unanswered();
        Map<String, Long> byAsker =
                unanswered.stream().collect(Collectors.groupingBy(Question::asker, Collectors.counting()));
        unanswered.stream()
                .filter(one -> one.times() >= TIMES_MIN && byAsker.getOrDefault(one.asker(), 0L) <= ADDRESSES_MAX)
                .forEach(one -> findings.add(finding(
                        one.address(),
                        new Cause(
                                FailureReason.TCP_TIMEOUT.wireName(),
                                Confidence.LIKELY,
                                List.of(new Evidence(
                                        "packet " + one.packet(),
                                        one.asker() + " asks who has " + one.address(),
                                        one.times() + " times in all, and nobody answers: without it no packet can be"
                                                + " sent there")),
                                List.of("whether that machine is on, on this network, and has this address")))));
        return findings;
    }

    private static Evidence claim(Claim claim, String says) {
        return new Evidence("packet " + claim.packet(), claim.hardware(), says);
    }

    private static Finding finding(String address, Cause cause) {
        return new Finding("Neighbour (ARP)", address, List.of(cause), List.of(), 1);
    }
}
