package io.fieldloop.scenario.diagnose.server;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.Landmark;
import io.fieldloop.scenario.diagnose.number.Meaning;
import io.fieldloop.scenario.diagnose.number.NumberSpace;
import io.fieldloop.scenario.diagnose.number.Numbers;
import io.fieldloop.server.event.RefusalReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server's log: who came, what failed, and whether noise touched a device.
 *
 * <p>Scanners knock at every open port, and their lines look worse than those of a device in trouble. They touched a device where one
 * failed within a minute of them; without times in the log nobody can tell.
 */
public final class ServerLog {
    /** The heading of what a server's lines show to have failed. */
    public static final String WHAT_FAILED = "What failed";

    private static final int EVIDENCE_MAX = 3;
    private static final int SOURCES_SHOWN = 10;
    private static final int HOURS_SHOWN = 24;
    private static final int LINE_CHARS_MAX = 4096;
    private static final long TOUCH_SECONDS = 60;
    private static final int LANDMARKS_MAX = 1000;
    private static final Set<String> ARRIVALS = Set.of("session", "ota-check", "connection");

    private static final Set<String> OF_THE_UPGRADE = Set.of("not-a-websocket", "upgrade-timeout");

    /** What `serve` prints has two spaces behind its time, and begins anew all the same. */
    private static final String OWN_LINE = "(?!\\S{10} \\d\\d:\\d\\d:\\d\\d\\.\\d{3}  \\S)";

    private static final Pattern GOES_ON = Pattern.compile(
            "^(?:[\\w-]{3,40} +\\| )?+" + OWN_LINE
                    + "(?:\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?Z? )?+"
                    + "(?:\\s|$|Traceback|The above exception|During handling|[\\w.]+(?:Error|Exception|Message|Upgrade|Handshake|OK)\\b)");

    private final VisitTable table = VisitTable.bundled();
    private final Numbers numbers = Numbers.bundled();
    private final Tally tally = new Tally();
    private final ClientNames clients = new ClientNames();
    private final Map<String, Evidence> firstOfKind = new LinkedHashMap<>();
    private final Map<String, Who> whoOfKind = new LinkedHashMap<>();
    private final Failures failures = new Failures();
    private final List<Landmark> landmarks = new ArrayList<>();
    private long lastScanSecond = ServerLine.UNTIMED;
    private int troubles;
    private int touched;
    private int firstTouched;
    private boolean timed;
    private int lines;
    private @Nullable Line pending;

    /** A line that says something, and may yet be outdone by another of the same traceback. */
    private record Line(VisitTable.Match match, String text, int number) {}

    /** Whether most of the lines at the beginning of a log are a server's. */
    public static boolean isOne(String beginning) {
        return ServerFormat.isOne(beginning);
    }

    /** Whether lines of a device and of a server stand in one text. */
    public static boolean isMixed(String text) {
        return ServerFormat.isMixed(text);
    }

    /** The lines that a device printed, or the other ones, each at its place. */
    public static String only(boolean ofDevice, String text) {
        return ServerFormat.only(ofDevice, text);
    }

    /** The gateway's own word for what a line, or a part of it, shows; nothing where it shows nothing. */
    public static Optional<String> kindOf(String line) {
        return VisitTable.bundled().match(line).map(match -> match.rule().kind());
    }

    /** Reads a log of any size. */
    public Diagnosis read(String name, InputStream text) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines++;
            take(line.length() > LINE_CHARS_MAX ? line.substring(0, LINE_CHARS_MAX) : line);
        }
        flush();
        Set<String> scanners = scanners();
        List<Cause> failed = failures.without(scanners);
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("Is this noise, and did any of it touch a device?", "", noise(), answer(scanners), 1));
        if (!failed.isEmpty()) {
            findings.add(new Finding(WHAT_FAILED, "", failed, List.of(), 1));
        }
        findings.add(new Finding("Who came, by class", "", List.of(), kinds(scanners), 1));
        findings.add(new Finding("By source", "", List.of(), sources(), 1));
        if (!tally.hours().isEmpty()) {
            findings.add(new Finding("By hour", "", List.of(), hours(), 1));
        }
        return new Diagnosis(name, counted(lines, "line") + " of a server's log", findings, List.of());
    }

    /** The first lines about devices and the server itself that have a time. */
    public List<Landmark> landmarks() {
        return landmarks;
    }

    /** Lines by class and hour, of what was read. */
    public Rates rates() {
        return new Rates(tally.hours());
    }

    /** A traceback is many lines about one visit: the one that says most of it counts. */
    private void take(String line) {
        if (!GOES_ON.matcher(line).find()) {
            flush();
        }
        table.match(line).ifPresent(match -> {
            Line before = pending;
            if (before == null || match.order() < before.match().order()) {
                pending = new Line(match, line, lines);
            }
        });
    }

    private void flush() {
        Line line = pending;
        pending = null;
        if (line != null) {
            count(line);
        }
    }

    private void count(Line line) {
        VisitTable.Match match = line.match();
        VisitRule rule = match.rule();
        ServerLine at = ServerLine.parse(line.text()).from(match.group("source"));
        at = at.from(clients.source(match.group("name"), at.source()));
        timed |= at.second() != ServerLine.UNTIMED;
        Optional<Meaning> status = Optional.ofNullable(match.group("status"))
                .flatMap(code -> numbers.of(NumberSpace.HTTP, code))
                .or(() -> Optional.ofNullable(match.group("alert"))
                        .flatMap(code -> numbers.of(NumberSpace.TLS_ALERT, code)));
        int times = match.group("count") == null ? 1 : Integer.parseInt(match.group("count"));
        tally.add(rule.kind(), at.source(), at.hour(), times);
        whoOfKind.putIfAbsent(rule.kind(), rule.who());
        Evidence evidence = new Evidence(
                "line " + line.number(),
                line.text().strip(),
                status.map(Meaning::text).orElse(""));
        firstOfKind.putIfAbsent(rule.kind(), evidence);
        List<String> failed = failed(rule, status);
        failures.add(named(match, failed), evidence, rule.who() == Who.MISTAKE ? at.source() : "");
        boolean ofDevice = rule.who() == Who.DEVICE || rule.who() == Who.SERVER;
        weigh(rule.who(), at.second(), ofDevice && !failed.isEmpty() ? times : 0, line.number());
        if (rule.who() != Who.SCAN && at.second() != ServerLine.UNTIMED && landmarks.size() < LANDMARKS_MAX) {
            boolean arrival = ARRIVALS.contains(rule.kind());
            Landmark.Kind kind = arrival && failed.isEmpty() ? Landmark.Kind.ARRIVAL : Landmark.Kind.TROUBLE;
            landmarks.add(new Landmark(at.second() * 1000, kind, evidence, failed));
        }
    }

    /** The gateway's own reason says more of its refusal than what a device makes of it; an alert that came from a device is its word. */
    private static List<String> named(VisitTable.Match match, List<String> failed) {
        String kind = match.rule().kind();
        boolean ours = match.group("word") != null
                && match.group("alert") == null
                && RefusalReason.named(kind).isPresent();
        return ours && !failed.isEmpty() ? List.of(kind) : failed;
    }

    private static List<String> failed(VisitRule rule, Optional<Meaning> status) {
        List<String> failed = new ArrayList<>(status.map(Meaning::causes).orElse(List.of()));
        if (rule.kind().equals("ota-check")) {
            failed.removeAll(OF_THE_UPGRADE); // 200 is what an update check is answered
        }
        failed.addAll(rule.causes());
        return failed.stream().distinct().toList();
    }

    private void weigh(Who who, long second, int trouble, int line) {
        if (who == Who.SCAN) {
            lastScanSecond = second == ServerLine.UNTIMED ? lastScanSecond : second;
        } else if (trouble > 0) {
            troubles += trouble;
            boolean known = second != ServerLine.UNTIMED && lastScanSecond != ServerLine.UNTIMED;
            if (known && second >= lastScanSecond && second - lastScanSecond <= TOUCH_SECONDS) {
                touched += trouble;
                firstTouched = firstTouched == 0 ? line : firstTouched;
            }
        }
    }

    private List<Cause> noise() {
        List<Evidence> scans = firstOfKind.entrySet().stream()
                .filter(one -> whoOfKind.get(one.getKey()) == Who.SCAN)
                .map(one -> says(one.getKey(), one.getValue(), Set.of()))
                .limit(EVIDENCE_MAX)
                .toList();
        return scans.isEmpty()
                ? List.of()
                : List.of(new Cause("background-noise", Confidence.LIKELY, scans, List.of()));
    }

    /** Who scanned and did nothing that a device does: from a front or a NAT comes both. */
    private Set<String> scanners() {
        Set<String> scanners = new HashSet<>(tally.sourcesOf(kinds(Who.SCAN)));
        scanners.removeAll(tally.sourcesOf(kinds(Who.DEVICE)));
        return scanners;
    }

    private List<Evidence> answer(Set<String> scanners) {
        int ofScanners = kinds(Who.MISTAKE).stream()
                .mapToInt(kind -> tally.of(kind, scanners))
                .sum();
        int scans = count(Who.SCAN) + ofScanners;
        int mistakes = count(Who.MISTAKE) - ofScanners;
        int devices = count(Who.DEVICE);
        String counts = counted(scans, "line") + " of scans, " + mistakes + " of mistakes, " + devices + " of devices, "
                + count(Who.SERVER) + " of the server itself";
        String touch = troubles == 0
                ? "No line shows a device that failed."
                : !timed
                        ? counted(troubles, "line")
                                + " of failures; the log has no times, so it does not say whether a scan came just before."
                        : touched == 0
                                ? counted(troubles, "line") + " of failures, none within " + TOUCH_SECONDS
                                        + " s after a scan: the noise touched no device."
                                : touched + " of " + troubles + " failures came within " + TOUCH_SECONDS
                                        + " s after a scan; the first is line " + firstTouched + ".";
        return List.of(new Evidence("Answer", counts, touch));
    }

    private int count(Who who) {
        return kinds(who).stream().mapToInt(tally::of).sum();
    }

    private Set<String> kinds(Who who) {
        return whoOfKind.entrySet().stream()
                .filter(one -> one.getValue() == who)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private List<Evidence> kinds(Set<String> scanners) {
        return firstOfKind.entrySet().stream()
                .map(one -> says(one.getKey(), one.getValue(), scanners))
                .toList();
    }

    /** What only scanners did is no mistake. */
    private Evidence says(String kind, Evidence first, Set<String> scanners) {
        long from = tally.sourcesOf(kind);
        boolean scanned = whoOfKind.get(kind) == Who.MISTAKE && tally.of(kind, scanners) == tally.of(kind);
        Who who = scanned ? Who.SCAN : whoOfKind.getOrDefault(kind, Who.SCAN);
        return new Evidence(
                first.place(),
                first.shown(),
                kind + ", " + who.title() + ": " + counted(tally.of(kind), "line") + " from "
                        + counted(from, "source"));
    }

    private List<Evidence> sources() {
        return tally.busiest(SOURCES_SHOWN).stream()
                .map(one -> new Evidence(one.getKey(), counts(one.getValue()), clients.at(one.getKey())))
                .toList();
    }

    private List<Evidence> hours() {
        return tally.hours().entrySet().stream()
                .limit(HOURS_SHOWN)
                .map(one -> new Evidence(one.getKey(), counts(one.getValue()), ""))
                .toList();
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }
}
