package io.fieldloop.scenario.journal;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.device.event.Phase;
import io.fieldloop.server.event.GatewayEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds what the gateway wrote of the connection on which something went wrong for a device.
 *
 * <p>Each end knows half of a reason: the device that the connection ended, the gateway that there were too many.
 */
public final class GatewayHalf {
    private static final String REFUSAL = EventRecords.kind(GatewayEvent.HandshakeRefused.class);
    private static final String CLOSING = EventRecords.kind(GatewayEvent.SessionClosed.class);
    private static final String ATTEMPT = EventRecords.kind(DeviceEvent.AttemptStarted.class);
    private static final String REFUSED = EventRecords.kind(DeviceEvent.Refused.class);
    private static final Set<String> KINDS = Set.of(REFUSAL, CLOSING, AppliedFaults.KIND);

    /** What there is no other half of: it went well. */
    private static final Set<String> SUCCESSES =
            Set.of(EventRecords.kind(DeviceEvent.Online.class), EventRecords.kind(DeviceEvent.TurnCompleted.class));

    /** Where an attempt that ends has no connection yet. */
    private static final Set<String> UNCONNECTED = Set.of(Phase.DNS.wireName(), Phase.TCP.wireName());

    private static final String STATUS = "status";
    private static final String NOBODY = "";
    private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, List<JournalEntry>> records = new HashMap<>();
    private final Map<String, List<Long>> attempts = new HashMap<>();

    public GatewayHalf(List<JournalEntry> journal) {
        for (JournalEntry entry : journal) {
            if (entry.lane() == Lane.DEVICE && entry.kind().equals(ATTEMPT)) {
                attempts.computeIfAbsent(entry.actor(), actor -> new ArrayList<>())
                        .add(entry.nanos());
            } else if (entry.lane() == Lane.GATEWAY && KINDS.contains(entry.kind())) {
                String device = String.valueOf(entry.attributes().getOrDefault("device", NOBODY));
                records.computeIfAbsent(device, actor -> new ArrayList<>()).add(entry);
            }
        }
    }

    /**
     * The record nearest in time, between the device's attempt and its next, of the kind that fits; another only where there is none.
     *
     * <p>Of devices behind one address the gateway may not know which it refused; then one of those it refused at that moment, unless it
     * is seen to be somebody else's: the health check of a proxy in front, whose own answer the device got.
     */
    public Optional<JournalEntry> of(JournalEntry failure) {
        if (SUCCESSES.contains(failure.kind())) {
            return Optional.empty();
        }
        long from = 0;
        long until = Long.MAX_VALUE;
        for (long attempt : attempts.getOrDefault(failure.actor(), List.of())) {
            if (attempt <= failure.nanos()) {
                from = attempt;
            } else {
                until = Math.min(until, attempt);
            }
        }
        Optional<JournalEntry> own = nearest(failure, failure.actor(), from, until);
        return own.isPresent() || !reachedTheGateway(failure)
                ? own
                : nearest(failure, NOBODY, from, Math.min(until, failure.nanos() + MOMENT_NANOS));
    }

    private static boolean reachedTheGateway(JournalEntry failure) {
        return !UNCONNECTED.contains(String.valueOf(failure.attributes().get("phase")));
    }

    /** Whether the answer that the device got may be the one that the gateway gave. */
    private static boolean mayBeOfOneAnswer(JournalEntry failure, JournalEntry record) {
        Object got = failure.attributes().get(STATUS);
        Object gave = record.attributes().get(STATUS);
        return got == null || gave == null || got.equals(gave);
    }

    /** The word for it: {@code handshake-refused too-many-connections}, {@code fault-applied omit-hello}. */
    public Optional<String> wordOf(JournalEntry failure) {
        return of(failure)
                .map(record -> record.kind() + " "
                        + record.attributes()
                                .getOrDefault("reason", record.attributes().getOrDefault("fault", "")));
    }

    private Optional<JournalEntry> nearest(JournalEntry failure, String device, long from, long until) {
        String fitting = failure.kind().equals(REFUSED) ? REFUSAL : CLOSING;
        return records.getOrDefault(device, List.of()).stream()
                .filter(record -> from <= record.nanos() && record.nanos() < until)
                .filter(record -> !device.equals(NOBODY) || mayBeOfOneAnswer(failure, record))
                .min(Comparator.<JournalEntry, Boolean>comparing(
                                record -> record.kind().equals(AppliedFaults.KIND))
                        .thenComparing(record -> !record.kind().equals(fitting))
                        .thenComparing(record -> Math.abs(record.nanos() - failure.nanos())));
    }
}
