package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Diagnosis;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.capture.CaptureReader;
import io.fieldloop.scenario.diagnose.conversation.CaptureStory;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.judge.NameJudge;
import io.fieldloop.scenario.diagnose.judge.NeighbourJudge;
import io.fieldloop.scenario.diagnose.judge.VoiceJudge;
import io.fieldloop.scenario.diagnose.sketch.ScenarioSketch;
import io.fieldloop.scenario.diagnose.sketch.VoiceSketch;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.voice.VoiceKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a capture to its end and says of each connection what failed, and why. */
public final class CaptureDiagnosis {
    private static final Pattern WHEN = Pattern.compile("^\\+[0-9.]+ s ");
    private static final int TOLD_MAX = 20_000;
    private static final double FOLLOWS_SECONDS = 5;
    private static final int KEPT_MAX = 32;
    private static final int DEVICES_MAX = 8;

    private final String source;
    private final CaptureStory story;
    private final List<Told> told = new ArrayList<>();
    private final List<VoiceKey> keys = new ArrayList<>();
    private final TreeMap<Moment, Connection> kept = new TreeMap<>();
    private final Map<String, Moment> firstFaults = new HashMap<>();
    private long more;

    private CaptureDiagnosis(String source, Secrets secrets) {
        this.source = source;
        story = new CaptureStory(secrets, this::take);
    }

    /**
     * Reads a file.
     *
     * @param secrets of a key log; those of the capture are added
     */
    public static CaptureDiagnosis read(Path file, Secrets secrets) throws IOException {
        try (CaptureReader reader = CaptureReader.open(file)) {
            return read(file.toString(), reader, secrets);
        }
    }

    /** As {@link #read(Path, Secrets)}, from what is open already and stays so. */
    static CaptureDiagnosis read(String name, CaptureReader reader, Secrets secrets) throws IOException {
        CaptureDiagnosis diagnosis = new CaptureDiagnosis(name, secrets);
        diagnosis.story.read(reader);
        diagnosis.told.sort(Comparator.comparing(Told::first));
        return diagnosis;
    }

    private void take(Connection connection) {
        if (connection.said().mqtt() != null && keys.size() < TOLD_MAX) {
            keys.addAll(connection.said().mqtt().keys());
        }
        if (told.size() < TOLD_MAX) {
            Told one = ConnectionTeller.tell(connection, story.last());
            told.add(one);
            sketch(connection, one);
        } else {
            more++;
        }
    }

    /**
     * What may become part of a scenario is kept, since of that more than words is needed: the first connection of a client that
     * failed, and some that their clients ended, of which the other end of the link may yet say why.
     */
    private void sketch(Connection connection, Told one) {
        boolean first = one.isClaimed()
                && firstFaults
                        .merge(
                                one.ends().client(),
                                one.first(),
                                (before, now) -> now.compareTo(before) < 0 ? now : before)
                        .equals(one.first());
        boolean may = one.isClaimed() || one.closed() != null;
        if (one.point() == 0 && may && (first || kept.size() < KEPT_MAX)) {
            kept.put(one.first(), connection);
            if (kept.size() > 2 * KEPT_MAX) {
                kept.pollLastEntry();
            }
        }
    }

    /**
     * A scenario in which each device fails as it first did, and its voice fares as it did; empty where nothing failed, or no scenario
     * can show it.
     */
    public Optional<String> scenario() {
        Map<String, ScenarioSketch.Fault> faults = new LinkedHashMap<>();
        for (Told one : connections()) {
            Connection connection = kept.get(one.first());
            if (connection != null
                    && one.isClaimed()
                    && ScenarioSketch.reason(one.causes().get(0)).isPresent()
                    && faults.size() < DEVICES_MAX) {
                faults.putIfAbsent(
                        one.ends().client(),
                        new ScenarioSketch.Fault(connection, one.causes().get(0)));
            }
        }
        return ScenarioSketch.of(
                List.copyOf(faults.values()), VoiceSketch.of(voice(), DEVICES_MAX), story.last(), source);
    }

    private List<VoiceJudge.Judged> voice() {
        return VoiceJudge.judge(story.voice(), keys, told.stream().anyMatch(one -> one.point() != 0), story.last());
    }

    /** The connections as the device saw them: a capture of both ends of a link has each of them twice. */
    public List<Told> connections() {
        boolean here = told.stream().anyMatch(one -> one.point() == 0);
        List<Told> ofOnePoint =
                told.stream().filter(one -> !here || one.point() == 0).toList();
        List<Told> far = told.stream().filter(one -> here && one.point() != 0).toList();
        return ofOnePoint.stream()
                .map(one -> withoutRedirect(one, ofOnePoint))
                .map(one -> Takeover.judge(one, ofOnePoint))
                .map(one -> TwoPoints.judge(one, far))
                .toList();
    }

    /** A redirect is no fault where its client went on to where it was sent. */
    private static Told withoutRedirect(Told one, List<Told> all) {
        boolean followed = one.redirected()
                && all.stream()
                        .anyMatch(next -> next.first().compareTo(one.first()) > 0
                                && next.ends().clientLow() == one.ends().clientLow()
                                && next.first().secondsSince(one.last()) < FOLLOWS_SECONDS);
        return followed ? one.withCauses(List.of()) : one;
    }

    /** The same with what another capture of the same connections adds. */
    public Diagnosis diagnosis(CaptureDiagnosis second) {
        SecondCapture both = SecondCapture.compare(
                connections(),
                story.voice().sessions(),
                second.connections(),
                second.story.voice().sessions());
        Diagnosis alone = diagnosis();
        List<Finding> findings = new ArrayList<>(both.findings());
        findings.addAll(alone.findings());
        List<String> notes = new ArrayList<>(alone.notes());
        notes.add(both.note());
        return new Diagnosis(alone.source(), alone.summary(), findings, notes);
    }

    public Diagnosis diagnosis() {
        List<Told> all = connections();
        List<Told> failed = all.stream().filter(one -> !one.causes().isEmpty()).toList();
        Set<String> servers = failed.stream().map(one -> one.ends().server()).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>(NameJudge.judge(story.names(), servers));
        findings.addAll(NeighbourJudge.judge(story.neighbours()));
        group(failed).forEach((key, group) -> findings.add(finding("Connection", group)));
        group(all.stream().filter(one -> !one.onTheWay().isEmpty()).toList())
                .forEach((key, group) -> findings.add(path(group)));
        List<Finding> voice = voice().stream().map(VoiceJudge.Judged::finding).toList();
        findings.addAll(voice);
        group(all.stream().filter(Told::isOpen).toList())
                .forEach((key, group) -> findings.add(finding("No verdict", group)));
        group(all.stream().filter(one -> one.causes().isEmpty() && one.whole()).toList())
                .forEach((key, group) -> findings.add(finding("No fault", group)));
        return new Diagnosis(source, summary(all, voice), findings, notes());
    }

    /** Connections of one client to one server that failed alike are one finding: a 403 and a 404 are two. */
    private static Map<String, List<Told>> group(List<Told> all) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        one -> one.ends().client()
                                + ' '
                                + one.ends().server()
                                + ' '
                                + one.ends().serverPort()
                                + ' '
                                + one.causes().stream()
                                        .map(cause -> cause.word() + decisive(cause))
                                        .toList(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static String decisive(Cause cause) {
        return cause.evidence().isEmpty()
                ? ""
                : WHEN.matcher(cause.evidence().get(0).shown()).replaceFirst(" ");
    }

    /** What the way did to the first of them; the others fared alike. */
    private static Finding path(List<Told> group) {
        Told first = group.get(0);
        return new Finding("Path", first.ends().toString(), first.onTheWay(), List.of(), group.size());
    }

    private static Finding finding(String part, List<Told> group) {
        Told first = group.get(0);
        List<Evidence> seen = new ArrayList<>(first.seen());
        first.path().words().forEach(word -> seen.add(new Evidence("path", word, "")));
        String name = first.name().isEmpty() ? "" : " (" + first.name() + ")";
        return new Finding(part, first.ends() + name, first.causes(), seen, group.size());
    }

    private String summary(List<Told> all, List<Finding> voice) {
        long failed = all.stream().filter(one -> !one.causes().isEmpty()).count();
        long unjudged = all.stream().filter(Told::isOpen).count();
        long harmed = voice.stream().filter(one -> !one.causes().isEmpty()).count();
        return story.packets() + " packets, " + count(all.size() + more, "TCP connection") + ", "
                + withFault(failed)
                + (unjudged == 0 ? "" : ", " + unjudged + " not to be judged")
                + (voice.isEmpty() ? "" : ", and voice over UDP, " + withFault(harmed));
    }

    private static String withFault(long number) {
        return (number == 0 ? "none" : number) + " with a fault";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (story.isCutOff()) {
            notes.add("The file ends in the middle of a packet; it was read up to there.");
        }
        if (story.cut() > 0) {
            notes.add(count(story.cut(), "packet")
                    + " were cut by the capture's snap length (tcpdump -s 0 takes them whole);"
                    + " what is missing could not be read.");
        }
        if (story.fragments() > 0) {
            notes.add(count(story.fragments(), "packet") + " came as IP fragments, of which the capture lacks some.");
        }
        if (story.twice() > 0) {
            notes.add(count(story.twice(), "packet")
                    + " were captured at two interfaces on their way; each is counted once.");
        }
        if (story.copies() > 0) {
            notes.add(count(story.copies(), "packet")
                    + " were captured more than once at one interface, as at a mirrored port; each is counted once.");
        }
        if (story.early() > 0) {
            notes.add(count(story.early(), "packet") + " stand behind later ones, the first is packet "
                    + story.firstEarly() + ": an answer may stand before its question; reordercap sorts the file.");
        }
        if (story.notIp() == story.packets() && story.packets() > story.cut()) {
            notes.add("None of its packets is IP that can be read: the kind of link or of tunnel is not known, or it is"
                    + " encrypted (Wi-Fi, IPsec).");
        }
        if (more > 0) {
            notes.add("There are " + more + " connections more; the first " + TOLD_MAX + " were kept.");
        }
        return notes;
    }

    /** Whether there is anything in it to judge. */
    public boolean isEmpty() {
        return told.stream().allMatch(Told::isOpen)
                && story.names().questions().isEmpty()
                && NeighbourJudge.judge(story.neighbours()).isEmpty()
                && story.voice().sessions().isEmpty();
    }
}
