package io.fieldloop.scenario.diagnose.log;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.qemu.runner.SavedConsole;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Confidence;
import io.fieldloop.scenario.diagnose.Finding;
import io.fieldloop.scenario.diagnose.Landmark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the lines of a console together to episodes, one connection each, and keeps what each came to. */
final class ConsoleReader {
    private static final String REFUSED = EventRecords.kind(DeviceEvent.Refused.class);
    private static final String OFFLINE = EventRecords.kind(DeviceEvent.Offline.class);

    private static final long TROUBLE_MILLIS = 15_000;
    private static final int FINDINGS_MAX = 200;
    private static final int SEEN_MAX = 12;
    private static final int LANDMARKS_MAX = 1000;

    private final SignTable table;
    private final Judge judge;
    private final ConsoleLineParser parser;
    private final Crashes crashes;
    private final Consumer<Landmark> landmarks;
    private int landmarksTold;
    private final LogClock clock = new LogClock();
    private final List<Sighting> networkLost = new ArrayList<>();
    private final Map<Part, Episode> aside = new EnumMap<>(Part.class);
    private final Map<String, Kept> findings = new LinkedHashMap<>();
    private final Map<Part, String> authorities = new EnumMap<>(Part.class);
    private final List<Sighting> seen = new ArrayList<>();
    private Episode current;
    private @Nullable ConsoleLine line;

    private record Kept(Part part, Finding finding, int times) {
        Finding counted() {
            return new Finding(finding.part(), finding.subject(), finding.causes(), finding.seen(), times);
        }
    }

    /** @param landmarks told of lines that a server's log should have its own for */
    ConsoleReader(SignTable table, Judge judge, Consumer<Landmark> landmarks) {
        this.landmarks = landmarks;
        this.table = table;
        this.judge = judge;
        this.parser = new ConsoleLineParser(table.tags());
        this.crashes = new Crashes(judge);
        this.current = new Episode(networkLost);
    }

    /** The line taken apart; what the console's dictionary makes of it is reported before {@link #signs}. */
    ConsoleLine line(int number, String text) {
        ConsoleLine parsed = parser.parse(number, text);
        ConsoleLine timed = parsed.isTimed() ? parsed.at(clock.read(parsed.millis())) : parsed;
        line = timed;
        return timed;
    }

    /** What the table says of the line; the first sign that fits counts. */
    void signs(ConsoleLine parsed, BitSet candidates) {
        for (int order = candidates.nextSetBit(0);
                order >= 0 && order < table.signs().size();
                order = candidates.nextSetBit(order + 1)) {
            Optional<Sighting> sighting = table.signs().get(order).read(parsed);
            if (sighting.isPresent()) {
                take(sighting.get());
                return;
            }
        }
    }

    /** What the console's dictionary made of a line. */
    void reported(SavedConsole.Entry entry) {
        Object reason = entry.attributes().get("reason");
        ConsoleLine now = line;
        boolean end = entry.kind().equals(REFUSED)
                || entry.kind().equals(OFFLINE)
                || entry.kind().equals(SavedConsole.SIGNS);
        if (reason == null || now == null || !entry.said() || !end || reason.equals("closed-by-user")) {
            return;
        }
        // A line before this one that is not among them belongs to what is closed already.
        current.first(one -> one.line().number() == entry.line())
                .or(() -> entry.line() < now.number()
                        ? Optional.empty()
                        : Optional.of(new Sighting(table.signs().get(0), now, Map.of())))
                .ifPresent(at -> current.add(
                        new Claim(reason.toString(), Confidence.LIKELY, Claim.DICTIONARY, at.evidence(""))));
    }

    private void take(Sighting sighting) {
        if (seen.size() < SEEN_MAX) {
            seen.add(sighting);
        }
        landmark(sighting);
        Optional<Part> part = table.part(sighting);
        if (sighting.is(Turn.BOOT)) {
            crashes.booted(sighting);
            close();
        } else if (part.filter(one -> one == Part.CRASH).isPresent()) {
            crashes.crashed(sighting, current.online() == null ? current.begin() : null);
        } else if (sighting.is(Turn.NETWORK_UP)) {
            networkLost.clear();
        } else if (part.filter(Part::isAside).isPresent()) {
            aside(part.get(), sighting);
        } else {
            connection(sighting, part);
        }
    }

    private void landmark(Sighting sighting) {
        boolean arrival = sighting.is(Turn.BEGINS) || sighting.is(Turn.ONLINE);
        boolean trouble = sighting.is(Turn.FAILS) || sighting.is(Turn.LOST);
        if ((arrival || trouble) && sighting.line().isTimed() && landmarksTold < LANDMARKS_MAX) {
            landmarksTold++;
            landmarks.accept(new Landmark(
                    sighting.line().millis(),
                    arrival ? Landmark.Kind.ARRIVAL : Landmark.Kind.TROUBLE,
                    sighting.evidence(judge.says(sighting)),
                    judge.claims(sighting).stream().map(Claim::cause).toList()));
        }
    }

    private void aside(Part part, Sighting sighting) {
        aside.computeIfAbsent(part, any -> new Episode(List.of())).add(sighting, Optional.of(part));
        if (sighting.is(Turn.NETWORK_LOST)) {
            // what had failed by then did so with the network still there
            if (current.isFailing() && (isLater(sighting) || current.lastMillis() == ConsoleLine.UNTIMED)) {
                close();
            }
            if (networkLost.size() < 3) {
                networkLost.add(sighting);
            }
        }
    }

    private void connection(Sighting sighting, Optional<Part> part) {
        boolean over = current.isFailing()
                && (sighting.is(Turn.BEGINS) || sighting.is(Turn.ONLINE) || isLater(sighting) || !current.takes(part));
        if (over || (!current.takes(part) && !current.isFailing())) {
            close();
        }
        current.add(sighting, part);
        if (sighting.is(Turn.OVER)) {
            close();
        }
    }

    private boolean isLater(Sighting sighting) {
        return sighting.line().isTimed()
                && current.lastMillis() != ConsoleLine.UNTIMED
                && sighting.line().millis() - current.lastMillis() > TROUBLE_MILLIS;
    }

    private void close() {
        keep(current);
        current = new Episode(networkLost.isEmpty() ? networkLost : List.copyOf(networkLost));
    }

    private void keep(Episode episode) {
        List<Cause> causes = judge.causes(episode);
        if (causes.isEmpty()) {
            return;
        }
        String subject = episode.url().isEmpty() ? episode.authority() : episode.url();
        Finding finding = new Finding(episode.part().title(), subject, causes, List.of(), 1);
        String key = episode.part() + " " + authority(episode) + " "
                + causes.stream().map(Cause::word).toList();
        Kept before = findings.get(key);
        if (before != null || findings.size() < FINDINGS_MAX) {
            findings.put(
                    key,
                    before == null
                            ? new Kept(episode.part(), finding, 1)
                            : new Kept(before.part(), before.finding(), before.times() + 1));
        }
    }

    /** Where it went; whoever says nothing of that tries again where the last one of its kind did. */
    private String authority(Episode episode) {
        String told = episode.authority();
        if (!told.isEmpty()) {
            authorities.put(episode.part(), told);
        }
        return authorities.getOrDefault(episode.part(), "");
    }

    /** What the whole log comes to, what to read first in front. */
    List<Finding> end(Backtrace backtrace) {
        close();
        aside.values().forEach(this::keep);
        List<Finding> all = new ArrayList<>();
        crashes.finding(backtrace).ifPresent(all::add);
        findings.values().stream()
                .sorted(Comparator.comparing(Kept::part))
                .map(Kept::counted)
                .forEach(all::add);
        return all;
    }

    /** Lines that were recognised; to be shown where nothing of them failed. */
    List<Sighting> seen() {
        return seen;
    }
}
