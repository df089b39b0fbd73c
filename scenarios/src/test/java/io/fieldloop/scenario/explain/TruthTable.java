package io.fieldloop.scenario.explain;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import io.fieldloop.scenario.suite.CaseRunner;
import io.fieldloop.scenario.suite.SuiteCase;
import io.fieldloop.scenario.verdict.ScenarioResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What each device profile makes of each answer and frame: the files tagged {@code truth}, run in virtual time. */
final class TruthTable {
    private static final String TAG = "truth";
    private static final Set<String> OUTCOMES = Set.of("online", "refused", "offline");

    private TruthTable() {}

    static String markdown(List<SuiteDocument> files) {
        StringBuilder text = new StringBuilder("""
                # What each device profile makes of it

                Written by `SuiteDocumentsTest` from the suite's files tagged `truth`, each run in virtual time; the devices of these
                files are called like their profiles. `online` and `talks` are good ends, everything else is the reason the device
                gives (`fieldloop explain REASON`). Profiles: [device-sim/README.md](../device-sim/README.md).
                """);
        files.stream().filter(file -> file.cases().get(0).tags().contains(TAG)).forEach(file -> table(text, file));
        return text.toString();
    }

    private static void table(StringBuilder text, SuiteDocument file) {
        Scenario first = file.cases().get(0);
        List<String> devices = first.deviceNames();
        text.append("\n## ")
                .append(first.title())
                .append("\n\n[")
                .append(file.name())
                .append("](suite/");
        text.append(file.name())
                .append(".yaml)\n\n| case | ")
                .append(String.join(" | ", devices))
                .append(" |\n|---|");
        text.append("---|".repeat(devices.size())).append('\n');
        for (Scenario one : file.cases()) {
            ScenarioResult result = new CaseRunner(VirtualRigs.factory(), null, () -> 0)
                    .run(new SuiteCase(file.name(), file.name(), one), Path.of("target", "evidence"), entry -> {});
            text.append("| ").append(label(one)).append(" | ");
            text.append(devices.stream().map(device -> cell(result, device)).collect(Collectors.joining(" | ")));
            text.append(" |\n");
        }
    }

    private static String label(Scenario one) {
        return SuiteDocument.axes(one).stream()
                .map(axis -> axis.substring(axis.indexOf('=') + 1))
                .collect(Collectors.joining(", "));
    }

    private static String cell(ScenarioResult result, String device) {
        String last = "";
        for (JournalEntry entry : result.journal()) {
            if (entry.actor().equals(device) && OUTCOMES.contains(entry.kind())) {
                Object reason = entry.attributes().get("reason");
                last = reason == null ? "online" : reason.toString();
            } else if (entry.actor().equals(device) && entry.kind().equals("turn-completed")) {
                last = "talks";
            }
        }
        return last;
    }
}
