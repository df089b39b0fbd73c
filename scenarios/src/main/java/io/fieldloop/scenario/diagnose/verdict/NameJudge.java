package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.name.NameQuestion;
import io.fieldloop.scenario.diagnose.name.NameTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what name servers answered. */
final class NameJudge {
    private NameJudge() {}

    static List<Finding> judge(NameTable names) {
        List<Finding> findings = new ArrayList<>();
        for (NameQuestion question : names.questions()) {
            Evidence answer = answer(question);
            if (answer != null) {
                Evidence asked = new Evidence(
                        "packet " + question.asked().packet(),
                        question.client() + " asks " + question.server() + " for " + question.name(),
                        question.times() > 1 ? question.times() + " times in all" : "");
                Cause cause = new Cause(
                        FailureReason.DNS_FAILURE.wireName(), Confidence.CERTAIN, List.of(asked, answer), List.of());
                findings.add(new Finding("Name", question.name(), List.of(cause), List.of(), 1));
            }
        }
        return findings;
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
