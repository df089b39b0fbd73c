package io.fieldloop.scenario.live;

import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was done to a gateway, and when devices connected, until it is written as a scenario.
 *
 * <p>The first so many things only, and the file says how many are not in it: a scenario of a thousand steps is read by nobody.
 */
public final class LiveRecording implements GatewayListener {
    private static final int ENTRIES_MAX = 400;
    private static final int DEVICES_MAX = 16;
    private static final Set<String> CHANNELS = Set.of("ws", "wss", "mqtt", "mqtts");

    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<ConnectionId, Attempt> attempts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ConnectionId, Attempt> eldest) {
            return size() > ENTRIES_MAX;
        }
    };
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Set<String> acted = new TreeSet<>();
    private long leftOut;

    /** Something that happened. */
    sealed interface Entry {
        Instant at();
    }

    /** The gateway's faults are these from then on. */
    record Faults(Instant at, List<LiveRequest> all) implements Entry {}

    /** Something was done to links or the certificate. */
    record Change(Instant at, long number, LiveRequest request) implements Entry {}

    /** It was over; {@code others} of its kind still are not. */
    record Ended(Instant at, long number, LiveRequest request, List<LiveRequest> others) implements Entry {}

    /** A device that stands connected to the broker began to talk. */
    record Talk(Instant at, String device) implements Entry {}

    /** Somebody connected. */
    static final class Attempt implements Entry {
        private final Instant at;
        private final InetAddress source;
        private final String listener;
        private @Nullable String device;
        private @Nullable Instant settled;
        private final Set<String> met = new TreeSet<>();

        private Attempt(Instant at, InetAddress source, String listener) {
            this.at = at;
            this.source = source;
            this.listener = listener;
        }

        @Override
        public Instant at() {
            return at;
        }

        /** Whether the device connects by itself, whatever its user does. */
        boolean standing() {
            return listener.startsWith("mqtt");
        }

        InetAddress source() {
            return source;
        }

        /** Who it was, where that was said. */
        @Nullable
        String device() {
            return device;
        }

        /** The faults that acted on it. */
        Set<String> met() {
            return met;
        }

        /** Whether it was decided by then. */
        boolean settledBy(Instant then) {
            return settled != null && !settled.isAfter(then);
        }
    }

    /** A device that said who it is; {@code xiaozhi} tells that it was in the way of that firmware. */
    record Device(InetAddress source, String listener, boolean xiaozhi, boolean online) {}

    public LiveRecording(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void onEvent(GatewayEvent event) {
        if (event instanceof GatewayEvent.ConnectionOpened opened) {
            if (CHANNELS.contains(opened.listener())) {
                Attempt attempt = new Attempt(clock.instant(), opened.source(), opened.listener());
                attempts.put(opened.connection(), attempt);
                add(attempt);
            }
        } else if (event instanceof GatewayEvent.Upgraded upgraded) {
            seen(upgraded.connection(), upgraded.deviceId(), true);
        } else if (event instanceof GatewayEvent.MqttConnected connected) {
            boolean xiaozhi = connected.deviceId() != null;
            seen(connected.connection(), xiaozhi ? connected.deviceId() : connected.clientId(), xiaozhi);
        } else if (event instanceof GatewayEvent.HelloReceived hello) {
            Attempt attempt = attempts.get(hello.connection());
            if (attempt != null && attempt.standing() && attempt.device != null) {
                attempt.settled = clock.instant();
                add(new Talk(clock.instant(), attempt.device));
            }
        } else if (event instanceof GatewayEvent.HelloSent sent) {
            Attempt attempt = settle(sent.connection());
            if (attempt != null && attempt.device != null) {
                devices.computeIfPresent(
                        attempt.device,
                        (id, known) -> new Device(known.source(), known.listener(), known.xiaozhi(), true));
            }
        } else if (event instanceof GatewayEvent.HandshakeRefused || event instanceof GatewayEvent.SessionClosed) {
            settle(event.connection());
        } else if (event instanceof GatewayEvent.FaultApplied applied) {
            acted.add(applied.fault());
            Attempt attempt = attempts.get(applied.connection());
            if (attempt != null) {
                attempt.met.add(applied.fault());
            }
        }
    }

    private void seen(ConnectionId connection, @Nullable String id, boolean xiaozhi) {
        Attempt attempt = attempts.get(connection);
        if (attempt == null || id == null || (!devices.containsKey(id) && devices.size() >= DEVICES_MAX)) {
            return;
        }
        attempt.device = id;
        devices.putIfAbsent(id, new Device(attempt.source, attempt.listener, xiaozhi, false));
        if (!entries.contains(attempt)) {
            leftOut--;
            add(attempt);
        }
        if (attempt.standing()) {
            attempt.settled = clock.instant();
        }
    }

    private @Nullable Attempt settle(@Nullable ConnectionId connection) {
        Attempt attempt = attempts.get(connection);
        if (attempt != null && attempt.settled == null) {
            attempt.settled = clock.instant();
        }
        return attempt;
    }

    synchronized void faults(List<LiveRequest> all) {
        add(new Faults(clock.instant(), all));
    }

    synchronized void changed(long number, LiveRequest request) {
        add(new Change(clock.instant(), number, request));
    }

    synchronized void ended(long number, LiveRequest request, List<LiveRequest> others) {
        add(new Ended(clock.instant(), number, request, others));
    }

    /** A flood of strangers takes no room from what was done and who said hello. */
    private void add(Entry entry) {
        if (entries.size() >= ENTRIES_MAX && !isStrangers(entry)) {
            int before = entries.size();
            entries.removeIf(this::isStrangers);
            leftOut += before - entries.size();
        }
        if (entries.size() < ENTRIES_MAX) {
            entries.add(entry);
        } else {
            leftOut++;
        }
    }

    private boolean isStrangers(Entry entry) {
        return entry instanceof Attempt attempt
                && attempt.device == null
                && devices.values().stream().noneMatch(known -> known.source().equals(attempt.source));
    }

    /**
     * The scenario's file.
     *
     * @param gateway the values of the file's {@code gateway:} on one line
     * @param link the preset of every link at first
     */
    public synchronized String scenario(String gateway, String link) {
        List<Entry> known = entries.stream()
                .filter(entry -> !isStrangers(entry))
                .sorted(Comparator.comparing(Entry::at))
                .toList();
        return new RecordedScenario(known, new LinkedHashMap<>(devices), link, clock.instant())
                .text(gateway, acted, leftOut + entries.size() - known.size());
    }
}
