package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.name.NameQuestion;
import io.fieldloop.scenario.diagnose.name.NameTable;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what name servers answered. */
public final class NameJudge {
    /** esp-lwip src/core/dns.c: four questions, and the last is waited for 3 s. */
    private static final double PATIENCE_SECONDS = 7;

    private NameJudge() {}

    /** What went wrong with names; once a connection failed with one of these servers, an address that was answered may be a wrong one. */
    public static List<Finding> judge(NameTable names, Set<String> failed) {
        List<Finding> findings = new ArrayList<>();
        for (NameQuestion question : names.questions()) {
            Evidence answer = answer(question);
            Evidence inner = inner(question, failed);
            Evidence asked = new Evidence(
                    "packet " + question.asked().packet(),
                    question.client() + " asks " + question.server() + " for " + question.name(),
                    question.times() > 1 ? question.times() + " times in all" : "");
            if (answer != null) {
                findings.add(finding(
                        question,
                        new Cause(
                                FailureReason.DNS_FAILURE.wireName(),
                                Confidence.CERTAIN,
                                List.of(asked, answer),
                                List.of())));
            } else if (isLate(question)) {
                findings.add(finding(
                        question,
                        new Cause(
                                FailureReason.DNS_FAILURE.wireName(),
                                Confidence.LIKELY,
                                List.of(asked, late(question)),
                                List.of("whether the client dialled after it: firmware on lwIP does not"))));
            } else if (inner != null) {
                findings.add(finding(
                        question,
                        new Cause(
                                "private-address",
                                Confidence.POSSIBLE,
                                List.of(asked, inner),
                                List.of("the same question from another network: a captive portal or a name server of"
                                        + " the site answers its own address"))));
            }
        }
        return findings;
    }

    private static Finding finding(NameQuestion question, Cause cause) {
        return new Finding("Name", question.name(), List.of(cause), List.of(), 1);
    }

    private static boolean isLate(NameQuestion question) {
        Moment answered = question.answered();
        return answered != null && answered.secondsSince(question.asked()) >= PATIENCE_SECONDS;
    }

    private static Evidence late(NameQuestion question) {
        Moment answered = Objects.requireNonNull(question.answered());
        return new Evidence(
                "packet " + answered.packet(),
                "the answer, after " + Scene.seconds(answered.secondsSince(question.asked())),
                "lwIP asks after 0, 1, 2 and 4 s, and takes none after 7");
    }

    /** An inner address that led nowhere, or null. */
    private static @Nullable Evidence inner(NameQuestion question, Set<String> failed) {
        Moment answered = question.answered();
        return answered == null
                ? null
                : question.addresses().stream()
                        .filter(failed::contains)
                        .filter(NameJudge::isInner)
                        .findFirst()
                        .map(address -> new Evidence(
                                "packet " + answered.packet(),
                                "the answer is " + address,
                                "an address of a private network, and the connection to it failed"))
                        .orElse(null);
    }

    private static boolean isInner(String address) {
        try {
            InetAddress one = InetAddress.getByName(address);
            return one.isSiteLocalAddress() || one.isLoopbackAddress() || one.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address + " was written from octets", e);
        }
    }

    /** What was wrong with the answer, or null where nothing was. */
    private static @Nullable Evidence answer(NameQuestion question) {
        if (question.answered() == null) {
            return new Evidence(
                    "packet " + question.lastAsked().packet(),
                    "the last question",
                    "no answer is in the capture: the name server is silent, or its answers do not come back");
        }
        String words = switch (question.code()) {
            case NameQuestion.NAME_ERROR -> "NXDOMAIN: there is no such name";
            case NameQuestion.SERVER_FAILURE -> "SERVFAIL: the name server cannot tell";
            case NameQuestion.REFUSED -> "REFUSED: the name server does not answer this client";
            case NameQuestion.NO_ERROR ->
                question.asksV4() && question.addresses().isEmpty()
                        ? "no address: the name has none of the kind asked for"
                        : "";
            default -> "response code " + question.code();
        };
        return words.isEmpty()
                ? null
                : new Evidence("packet " + question.answered().packet(), words, "");
    }
}
