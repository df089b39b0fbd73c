package io.fieldloop.scenario.report.html;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What links did, as values over time: delay, waits, loss, a full queue, and the stretches in which nothing passed. */
final class LinkPlots {
    private static final String DATAGRAMS_PASSED = EventRecords.kind(LinkEvent.DatagramsPassed.class);
    private static final String VOICE_CLOSED = EventRecords.kind(DeviceEvent.VoiceClosed.class);
    private static final String OUTAGE_BEGAN = EventRecords.kind(LinkEvent.OutageBegan.class);
    private static final String OUTAGE_ENDED = EventRecords.kind(LinkEvent.OutageEnded.class);
    private static final String HANDOVER = EventRecords.kind(LinkEvent.Handover.class);
    private static final String QUEUE_FULL = EventRecords.kind(LinkEvent.QueueFull.class);

    /** Attributes that say how long something takes on its way, by kind of event. */
    private static final Map<String, String> DELAYS =
            Map.of(EventRecords.kind(LinkEvent.PathOpened.class), "elapsed", DATAGRAMS_PASSED, "transit");

    /** And how long it was held up besides. */
    private static final Map<String, String> WAITS = Map.of(
            EventRecords.kind(LinkEvent.Retransmitted.class),
            "delay",
            EventRecords.kind(LinkEvent.Promoted.class),
            "by",
            HANDOVER,
            "gap");

    /** How many packets or datagrams did not arrive, or not at once. */
    private static final Map<String, String> LOSSES = Map.of(
            EventRecords.kind(LinkEvent.Retransmitted.class),
            "packets",
            EventRecords.kind(LinkEvent.Dropped.class),
            "packets",
            DATAGRAMS_PASSED,
            "lost");

    private LinkPlots() {}

    /** One for each device whose link did anything but pass all on at once; the one that did most first. */
    static List<Plot> ofLinks(List<JournalEntry> journal) {
        return by(journal, JournalEntry::actor).entrySet().stream()
                .map(link -> ofLink(link.getKey(), link.getValue()))
                .filter(plot -> !plot.curves().isEmpty() || !plot.bands().isEmpty())
                .sorted(Comparator.comparingInt(plot -> -plot.bands().size()
                        - plot.curves().stream()
                                .mapToInt(curve -> curve.points().size())
                                .sum()))
                .toList();
    }

    /** One for each device and direction of which datagrams are told, the one that lost most first. */
    static List<Plot> ofVoice(List<JournalEntry> journal) {
        Map<String, String> scores = scores(journal);
        List<JournalEntry> passed = journal.stream()
                .filter(entry -> entry.kind().equals(DATAGRAMS_PASSED))
                .toList();
        return by(passed, entry -> entry.actor() + ", " + entry.attributes().get("direction")).entrySet().stream()
                .map(strip -> ofVoice(strip.getKey() + scores.getOrDefault(strip.getKey(), ""), strip.getValue()))
                .sorted(Comparator.comparingDouble(plot -> -plot.curves().get(0).total()))
                .toList();
    }

    /** What to add to the name of a device and direction: the last score of the end that heard the voice. */
    private static Map<String, String> scores(List<JournalEntry> journal) {
        Map<String, String> scores = new HashMap<>();
        for (JournalEntry entry : journal) {
            Object mos = entry.attributes().get("mos");
            if (entry.kind().equals(VOICE_CLOSED) && mos != null) {
                String strip = entry.lane() == Lane.GATEWAY
                        ? entry.attributes().get("device") + ", upstream"
                        : entry.actor() + ", downstream";
                scores.put(strip, ", MOS " + mos);
            }
        }
        return scores;
    }

    private static Map<String, List<JournalEntry>> by(
            List<JournalEntry> journal, Function<JournalEntry, String> nameOf) {
        Map<String, List<JournalEntry>> named = new LinkedHashMap<>();
        for (JournalEntry entry : journal) {
            if (entry.lane() == Lane.LINK) {
                named.computeIfAbsent(nameOf.apply(entry), name -> new ArrayList<>())
                        .add(entry);
            }
        }
        return named;
    }

    private static Plot ofLink(String device, List<JournalEntry> entries) {
        Plot.Points delay = new Plot.Points();
        Plot.Points wait = new Plot.Points();
        Plot.Points lost = new Plot.Points();
        Plot.Points queue = new Plot.Points();
        for (JournalEntry entry : entries) {
            add(delay, entry, DELAYS);
            add(wait, entry, WAITS);
            add(lost, entry, LOSSES);
            if (entry.kind().equals(QUEUE_FULL)) {
                queue.add(entry, 1);
            }
        }
        List<Plot.Curve> curves = new ArrayList<>();
        curves.add(lost.curve("lost", "", Plot.Shape.BARS));
        curves.add(delay.curve("delay", "ms", Plot.Shape.DOTS));
        curves.add(wait.curve("wait", "ms", Plot.Shape.DOTS));
        curves.add(queue.curve("overflow", "", Plot.Shape.TICKS));
        curves.removeIf(curve -> curve.total() == 0);
        return new Plot(device, curves, bands(entries));
    }

    private static Plot ofVoice(String name, List<JournalEntry> seconds) {
        Plot.Points lost = new Plot.Points();
        Plot.Points jitter = new Plot.Points();
        double lostInAll = 0;
        double inAll = 0;
        for (JournalEntry second : seconds) {
            double gone = number(second, "lost");
            double all = gone + number(second, "arrived");
            lostInAll += gone;
            inAll += all;
            lost.add(second, 100 * gone / Math.max(1, all));
            jitter.add(second, number(second, "jitter"));
        }
        double share = Math.round(1000 * lostInAll / Math.max(1, inAll)) / 10.0;
        return new Plot(
                name,
                List.of(lost.curve("lost", "%", Plot.Shape.BARS, share), jitter.curve("jitter", "ms", Plot.Shape.LINE)),
                List.of());
    }

    private static void add(Plot.Points points, JournalEntry entry, Map<String, String> attributes) {
        String attribute = attributes.get(entry.kind());
        double value = attribute == null ? 0 : number(entry, attribute);
        if (value > 0) {
            points.add(entry, value);
        }
    }

    /** A number, or milliseconds. */
    private static double number(JournalEntry entry, String attribute) {
        Object value = entry.attributes().get(attribute);
        return value instanceof Duration duration
                ? duration.toNanos() / 1e6
                : value instanceof Number number ? number.doubleValue() : 0;
    }

    /** Until an outage is over it lasts as long as it was to last. */
    private static List<Plot.Band> bands(List<JournalEntry> entries) {
        List<Plot.Band> bands = new ArrayList<>();
        JournalEntry open = null;
        for (JournalEntry entry : entries) {
            if (open != null
                    && (entry.kind().equals(OUTAGE_ENDED) || entry.kind().equals(OUTAGE_BEGAN))) {
                bands.add(new Plot.Band("outage", open.nanos(), entry.nanos()));
                open = null;
            }
            if (entry.kind().equals(OUTAGE_BEGAN)) {
                open = entry;
            } else if (entry.kind().equals(HANDOVER)) {
                bands.add(new Plot.Band("cell-change", entry.nanos(), after(entry, "gap")));
            }
        }
        if (open != null) {
            bands.add(new Plot.Band("outage", open.nanos(), after(open, "lasting")));
        }
        return bands;
    }

    private static long after(JournalEntry entry, String attribute) {
        return entry.nanos() + (long) (number(entry, attribute) * 1e6);
    }
}
