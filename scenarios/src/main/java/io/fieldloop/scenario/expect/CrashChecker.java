package io.fieldloop.scenario.expect;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Crash;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.report.text.Narration;
import io.fieldloop.scenario.shape.Kebab;
import io.fieldloop.scenario.verdict.ExpectationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what no file has to say: that firmware does not crash, unless an expectation names the crash or the file tolerates it. */
final class CrashChecker {
    private static final int DEVICES_MAX = 3;
    private static final int CAUSES_MAX = 3;

    private final Scenario scenario;

    CrashChecker(Scenario scenario) {
        this.scenario = scenario;
    }

    /** What is to be told of crashes nobody expected; empty where there was none. */
    Optional<ExpectationResult> check(Timeline timeline) {
        List<FirmwareCrash> unforeseen = FirmwareCrash.in(timeline.entries()).stream()
                .filter(crash -> crash.signs().stream().noneMatch(this::isNamed))
                .toList();
        if (unforeseen.isEmpty()) {
            return Optional.empty();
        }
        String told = told(unforeseen, timeline);
        List<FirmwareCrash> wrong = unforeseen.stream()
                .filter(crash -> !scenario.tolerates().contains(crash.crash()))
                .toList();
        // Without evidence: what a file lives with is not the bug it reproduces.
        Findings findings = wrong.isEmpty()
                ? Findings.passed(told, List.of())
                : Findings.failed(
                        told + " No expectation names it; " + wayOut(wrong),
                        wrong.stream().flatMap(crash -> crash.signs().stream()).toList());
        return Optional.of(findings.resultOf(ExpectationResult.NO_CRASH, scenario.position()));
    }

    private static String wayOut(List<FirmwareCrash> wrong) {
        return wrong.stream()
                .map(crash -> Kebab.of(crash.crash()))
                .distinct()
                .collect(joining(", ", "`tolerates: [", "]` lets the case pass all the same."));
    }

    private boolean isNamed(JournalEntry sign) {
        return scenario.expect().stream()
                .map(expectation -> expectation instanceof Expectation.Never never ? never.never() : expectation)
                .anyMatch(expectation -> expectation instanceof Expectation.Event event && names(event, sign));
    }

    private static boolean names(Expectation.Event expected, JournalEntry sign) {
        return expected.event().equals(sign.kind())
                && (expected.of() == null || expected.of() == Lane.DEVICE)
                && (expected.actor() == null || expected.actor().includes(sign.actor()));
    }

    /** {@code door panicked 2 times, LoadProhibited; reset 3 times, first at 1.200s.} */
    private static String told(List<FirmwareCrash> crashes, Timeline timeline) {
        Map<String, List<FirmwareCrash>> byDevice =
                crashes.stream().collect(groupingBy(FirmwareCrash::actor, LinkedHashMap::new, toList()));
        int more = byDevice.size() - DEVICES_MAX;
        return byDevice.values().stream()
                .limit(DEVICES_MAX)
                .map(ofOne -> toldOfOne(ofOne, timeline))
                .collect(joining(
                        " ", "", more > 0 ? " " + more + (more == 1 ? " device" : " devices") + " more crashed." : ""));
    }

    private static String toldOfOne(List<FirmwareCrash> crashes, Timeline timeline) {
        List<String> parts = new ArrayList<>();
        add(parts, "panicked", Crash.PANIC, crashes);
        add(parts, "was reset by its watchdog", Crash.WATCHDOG_RESET, crashes);
        crashes.stream()
                .filter(crash -> crash.crash() == Crash.BOOT_LOOP)
                .findFirst()
                .ifPresent(loop ->
                        parts.add("went into a boot loop" + (loop.cause().isEmpty() ? "" : ", " + loop.cause())));
        JournalEntry first = crashes.get(0).first();
        long resets = timeline.entries().stream()
                .filter(entry -> FirmwareCrash.isReset(entry) && entry.actor().equals(first.actor()))
                .filter(entry -> entry.sequence() >= first.sequence())
                .count();
        if (resets > 0) {
            parts.add("reset " + times(resets));
        }
        return first.actor() + " " + String.join("; ", parts) + " (the first " + Narration.time(first.nanos()) + ").";
    }

    private static void add(List<String> parts, String verb, Crash crash, List<FirmwareCrash> crashes) {
        List<FirmwareCrash> such =
                crashes.stream().filter(one -> one.crash() == crash).toList();
        if (!such.isEmpty()) {
            String causes = such.stream()
                    .map(FirmwareCrash::cause)
                    .distinct()
                    .limit(CAUSES_MAX)
                    .collect(joining(", "));
            parts.add(verb + " " + times(such.size()) + ", " + causes);
        }
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }
}
