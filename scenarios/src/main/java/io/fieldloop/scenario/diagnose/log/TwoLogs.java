package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.Landmark;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A device's console and its server's log of the same event: clocks aligned, told as one story.
 *
 * <p>A device counts from its start and a server by the day. The difference is the one at which most of the device's lines have a line of
 * the server's that fits them; where two differences do as well, there is no story, since either may be wrong.
 */
public final class TwoLogs {
    /** Servers write whole seconds, and a device's words take their time. */
    private static final long TOGETHER_MILLIS = 2_500;

    private static final int LANDMARKS_MAX = 300;
    private static final int STORY_MAX = 40;
    private static final int SURE_MATCHES_MIN = 2;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final String PART = "One story";

    private final List<Landmark> device;
    private final List<Landmark> server;

    private record Fit(long offset, long matches) {}

    private TwoLogs(List<Landmark> device, List<Landmark> server) {
        this.device = device.stream().limit(LANDMARKS_MAX).toList();
        this.server = server.stream().limit(LANDMARKS_MAX).toList();
    }

    /** Both, the story first; in whichever order they are given. */
    public static Diagnosis together(LogReading one, LogReading other) {
        if (one.ofServer() == other.ofServer()) {
            throw new LogException(
                    one.diagnosis().source() + " and " + other.diagnosis().source() + " are both "
                            + (one.ofServer() ? "servers' logs" : "consoles of devices")
                            + "; one story is told of a device's console and a server's log of the same time.");
        }
        LogReading device = one.ofServer() ? other : one;
        LogReading server = one.ofServer() ? one : other;
        List<Finding> findings = new ArrayList<>();
        findings.add(new TwoLogs(device.landmarks(), server.landmarks()).story());
        Stream.of(device, server)
                .map(LogReading::diagnosis)
                .forEach(alone -> alone.findings().forEach(finding -> findings.add(from(alone.source(), finding))));
        List<String> notes = Stream.of(device, server)
                .flatMap(reading -> reading.diagnosis().notes().stream())
                .toList();
        return new Diagnosis(
                device.diagnosis().source() + " and " + server.diagnosis().source(),
                device.diagnosis().summary() + ", " + server.diagnosis().summary(),
                findings,
                notes);
    }

    private static Finding from(String source, Finding finding) {
        return new Finding(
                source + ": " + finding.part(), finding.subject(), finding.causes(), finding.seen(), finding.times());
    }

    private Finding story() {
        List<Fit> fits = fits();
        if (fits.isEmpty()) {
            return untold("no line of one fits a line of the other, or one of them has no times");
        } else if (fits.size() > 1 && fits.get(1).matches() == fits.get(0).matches()) {
            return untold("the device's start fits " + ofDay(fits.get(0).offset()) + " and "
                    + ofDay(fits.get(1).offset())
                    + " of the server's log alike: more lines of both are needed, with several"
                    + " connections");
        }
        Fit best = fits.get(0);
        List<Evidence> told = new ArrayList<>();
        told.add(new Evidence(
                "clocks",
                "0.0 s of the device is " + ofDay(best.offset()) + " of the server's log",
                best.matches() + (best.matches() == 1 ? " line of the device has" : " lines of the device have")
                        + " a line of the server's at the same time then"));
        Stream.concat(
                        device.stream().map(one -> at(one, 0, "device")),
                        server.stream().map(one -> at(one, best.offset(), "server")))
                .sorted(Comparator.comparing(Told::millis))
                .limit(STORY_MAX)
                .forEach(one -> told.add(one.evidence()));
        silence(best, told);
        return new Finding(PART, "", causes(best), told, 1);
    }

    /** What the server has no word for did not happen at the server. */
    private void silence(Fit fit, List<Evidence> told) {
        List<Landmark> troubles = device.stream()
                .filter(one -> one.kind() == Landmark.Kind.TROUBLE)
                .toList();
        List<Landmark> alone = troubles.stream()
                .filter(one ->
                        server.stream().noneMatch(other -> isTogether(one.millis() + fit.offset(), other.millis())))
                .toList();
        if (!alone.isEmpty() && fit.matches() >= SURE_MATCHES_MIN) {
            told.add(new Evidence(
                    "server",
                    "no line at " + alone.size() + " of the device's " + troubles.size() + " failures, first at "
                            + seconds(alone.get(0).millis()),
                    "what failed there failed on the way or in the device, or the server logs it at another level"));
        }
    }

    private static Finding untold(String why) {
        return new Finding(PART, "", List.of(), List.of(new Evidence("clocks", "not aligned", why)), 1);
    }

    /** The differences that pair at least one line, the best first; those closer than what counts as together are one. */
    private List<Fit> fits() {
        Map<Long, Fit> fits = new TreeMap<>();
        for (Landmark one : device) {
            for (Landmark other : server) {
                if (one.kind() == other.kind()) {
                    long offset = other.millis() - one.millis();
                    fits.computeIfAbsent(offset, any -> new Fit(offset, matches(offset)));
                }
            }
        }
        List<Fit> apart = new ArrayList<>();
        fits.values().stream()
                .sorted(Comparator.comparing(Fit::matches).reversed())
                .filter(fit -> apart.stream().noneMatch(known -> isTogether(known.offset(), fit.offset())))
                .forEach(apart::add);
        return apart;
    }

    private long matches(long offset) {
        return device.stream()
                .filter(one -> server.stream()
                        .anyMatch(other ->
                                one.kind() == other.kind() && isTogether(one.millis() + offset, other.millis())))
                .count();
    }

    private static boolean isTogether(long one, long other) {
        return Math.abs(one - other) <= TOGETHER_MILLIS;
    }

    /** What the server says at the time of the device's trouble. */
    private List<Cause> causes(Fit fit) {
        Map<String, List<Evidence>> byWord = new LinkedHashMap<>();
        for (Landmark one : device) {
            if (one.kind() == Landmark.Kind.TROUBLE) {
                server.stream()
                        .filter(other -> isTogether(one.millis() + fit.offset(), other.millis()))
                        .forEach(other -> other.causes()
                                .forEach(word -> byWord.computeIfAbsent(
                                                word,
                                                any -> new ArrayList<>(List.of(
                                                        at(one, 0, "device").evidence())))
                                        .add(at(other, fit.offset(), "server").evidence())));
            }
        }
        boolean sure = fit.matches() >= SURE_MATCHES_MIN;
        return byWord.entrySet().stream()
                .map(entry -> new Cause(
                        entry.getKey(),
                        sure ? Confidence.LIKELY : Confidence.POSSIBLE,
                        entry.getValue().stream().distinct().limit(3).toList(),
                        sure
                                ? List.of()
                                : List.of("a second pair of lines that fit each other: one alone aligns any clocks")))
                .toList();
    }

    private record Told(long millis, Evidence evidence) {}

    private static Told at(Landmark one, long offset, String whose) {
        long millis = one.millis() - offset;
        return new Told(
                millis,
                new Evidence(
                        "+" + seconds(millis) + " " + whose + ", "
                                + one.evidence().place(),
                        one.evidence().shown(),
                        one.evidence().says()));
    }

    private static String ofDay(long millis) {
        return LocalTime.ofNanoOfDay(Math.floorMod(millis, DAY_MILLIS) * 1_000_000)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
