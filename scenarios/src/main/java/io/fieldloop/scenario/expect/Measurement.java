package io.fieldloop.scenario.expect;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Quantity;
import io.fieldloop.server.event.GatewayEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of a quantity.
 *
 * <p>Attempts, turns and pings that came to nothing count too: a fleet of which half never answers has beautiful percentiles.
 *
 * @param samples in ascending order
 * @param failures the entries that end an attempt, turn or ping without a value
 * @param silent how many devices gave none at all
 */
public record Measurement(List<Sample> samples, List<JournalEntry> failures, int silent) {
    /** The statistics that tell the shape of what was measured. */
    public static final List<String> SHAPE = List.of("min", "p50", "p90", "p95", "p99", "max");

    private static final String COMPLETED = EventCatalogue.kind(DeviceEvent.TurnCompleted.class);
    private static final String INTERRUPTED = EventCatalogue.kind(DeviceEvent.TurnInterrupted.class);
    private static final String FAILED = EventCatalogue.kind(DeviceEvent.TurnFailed.class);

    /**
     * How what is measured shows in the journal.
     *
     * @param begins the kind of entry that begins it; null where each end stands for itself
     * @param ends kinds of entries that give a value
     * @param comesToNothing kinds of entries that end it without one
     */
    private record Signs(Lane lane, @Nullable String begins, Set<String> ends, Set<String> comesToNothing) {}

    /** How many attempts, turns or pings ended without a value. */
    public int failed() {
        return failures.size();
    }

    /** How many attempts, turns or pings came to an end. */
    int tried() {
        return samples.size() + failed();
    }

    /** In percent; what was tried must not be nothing. */
    BigDecimal percentFailed() {
        return BigDecimal.valueOf(100L * failed()).divide(BigDecimal.valueOf(tried()), 3, RoundingMode.HALF_UP);
    }

    /** A statistic by its name in the file; there must be samples. */
    public Duration statistic(String name) {
        return switch (name) {
            case "min" -> samples.get(0).value();
            case "max" -> samples.get(samples.size() - 1).value();
            case "mean" ->
                samples.stream()
                        .map(Sample::value)
                        .reduce(Duration.ZERO, Duration::plus)
                        .dividedBy(samples.size());
            default -> percentile(Integer.parseInt(name.substring(1)));
        };
    }

    private Duration percentile(int percent) {
        int rank = (samples.size() * percent + 99) / 100;
        return samples.get(Math.max(rank, 1) - 1).value();
    }

    /** What all of a run says of a quantity, of every device. */
    public static Measurement of(Quantity quantity, List<JournalEntry> journal) {
        Set<String> devices = journal.stream()
                .filter(entry -> entry.lane() == Lane.DEVICE)
                .map(JournalEntry::actor)
                .collect(Collectors.toSet());
        return of(quantity, devices, journal, Span.WHOLE);
    }

    static Measurement of(Quantity quantity, Set<String> devices, List<JournalEntry> journal, Span span) {
        Signs signs = signsOf(quantity);
        Map<Object, JournalEntry> open = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        List<JournalEntry> failures = new ArrayList<>();
        for (JournalEntry entry : journal) {
            if (entry.lane() != signs.lane() || !devices.contains(deviceOf(entry))) {
                continue;
            }
            Object which = Objects.requireNonNullElse(entry.attributes().get("connection"), entry.actor());
            boolean begins = entry.kind().equals(signs.begins());
            boolean ends = signs.ends().contains(entry.kind());
            if (!begins && !ends && !signs.comesToNothing().contains(entry.kind())) {
                continue;
            }
            JournalEntry begun = begins ? open.put(which, entry) : open.remove(which);
            boolean counts = (begun != null || signs.begins() == null) && span.contains(entry);
            Duration value = counts && ends ? value(quantity, begun, entry) : null;
            if (value != null) {
                samples.add(new Sample(entry, value));
            } else if (counts) {
                failures.add(entry);
            }
        }
        samples.sort(Comparator.comparing(Sample::value));
        Set<String> silent = new HashSet<>(devices);
        samples.forEach(sample -> silent.remove(deviceOf(sample.entry())));
        return new Measurement(samples, failures, silent.size());
    }

    private static String deviceOf(JournalEntry entry) {
        return entry.lane() == Lane.GATEWAY ? String.valueOf(entry.attributes().get("device")) : entry.actor();
    }

    /** Who tells of it. */
    static Lane laneOf(Quantity quantity) {
        return signsOf(quantity).lane();
    }

    private static Signs signsOf(Quantity quantity) {
        return switch (quantity) {
            case CONNECT_TIME -> attempt(DeviceEvent.TcpConnected.class);
            case HANDSHAKE_TIME -> attempt(DeviceEvent.TlsEstablished.class);
            case HELLO_TIME -> attempt(DeviceEvent.Online.class);
            case FIRST_AUDIO, TURN_TIME -> new Signs(Lane.DEVICE, null, Set.of(COMPLETED), Set.of(INTERRUPTED, FAILED));
            case SPEECH_CUT -> new Signs(Lane.DEVICE, null, Set.of(COMPLETED, INTERRUPTED), Set.of(FAILED));
            case ROUND_TRIP ->
                new Signs(
                        Lane.GATEWAY,
                        EventCatalogue.kind(GatewayEvent.PingSent.class),
                        Set.of(EventCatalogue.kind(GatewayEvent.PongReceived.class)),
                        Set.of(EventCatalogue.kind(GatewayEvent.SessionClosed.class)));
            case VOICE_JITTER_UPSTREAM ->
                new Signs(Lane.GATEWAY, null, Set.of(EventCatalogue.kind(GatewayEvent.VoiceClosed.class)), Set.of());
            case VOICE_LOST, VOICE_LATE, VOICE_GAP, VOICE_JITTER ->
                new Signs(Lane.DEVICE, null, Set.of(EventCatalogue.kind(DeviceEvent.VoiceClosed.class)), Set.of());
        };
    }

    private static Signs attempt(Class<? extends DeviceEvent> reached) {
        return new Signs(
                Lane.DEVICE,
                EventCatalogue.kind(DeviceEvent.AttemptStarted.class),
                Set.of(EventCatalogue.kind(reached)),
                Set.of(EventCatalogue.kind(DeviceEvent.Refused.class)));
    }

    /** A turn that nobody cut has lost nothing; a reply without audio has no first. */
    private static @Nullable Duration value(Quantity quantity, @Nullable JournalEntry begun, JournalEntry ended) {
        if (quantity == Quantity.ROUND_TRIP && begun != null) {
            return Duration.ofNanos(ended.nanos() - begun.nanos());
        }
        if (quantity == Quantity.SPEECH_CUT && ended.kind().equals(COMPLETED)) {
            return Duration.ZERO;
        }
        String attribute = switch (quantity) {
            case FIRST_AUDIO -> "first-audio";
            case SPEECH_CUT -> "speech-cut";
            case VOICE_LOST -> "lost";
            case VOICE_LATE -> "late";
            case VOICE_GAP -> "longest-gap";
            case VOICE_JITTER, VOICE_JITTER_UPSTREAM -> "jitter";
            default -> "elapsed";
        };
        return ended.attributes().get(attribute) instanceof Duration value ? value : null;
    }
}
