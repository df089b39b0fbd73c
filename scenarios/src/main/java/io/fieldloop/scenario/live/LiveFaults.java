package io.fieldloop.scenario.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.admin.FaultControl;
import io.fieldloop.server.event.FaultPhase;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.fault.Fault;
import io.fieldloop.server.tls.TlsConfig;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that are on a running gateway: puts them on, counts what they did, and takes them off when their time has passed. */
public final class LiveFaults implements FaultControl, GatewayListener {
    static final int ON_MAX = 64;

    /** What acts before a device has said who it is. */
    private static final Set<FaultPhase> EARLY = EnumSet.of(FaultPhase.ACCEPT, FaultPhase.TLS);

    private static final Duration UNTIL_TAKEN_OFF = Duration.ofDays(365);

    private final Gateway gateway;
    private final @Nullable LiveCertificate certificate;
    private final @Nullable LiveLinks links;
    private final SeenDevices devices;
    private final GatewayListener events;
    private final LiveRecording recording;
    private final EventExecutor timers;
    private final InstantSource clock;
    private final Map<Long, On> on = new LinkedHashMap<>();
    private long last;

    /** One that is on. */
    private static final class On {
        private final LiveRequest request;
        private final List<Fault> faults;
        private final Instant since;
        private @Nullable Future<?> timer;
        private long acted;

        private On(LiveRequest request, List<Fault> faults, Instant since) {
            this.request = request;
            this.faults = faults;
            this.since = since;
        }
    }

    /**
     * The faults of this gateway, none at first.
     *
     * @param certificate null where none can be made that devices trust
     * @param links null where no link is in front of it
     * @param events told of every change
     * @param timers ends what has its time
     */
    public LiveFaults(
            Gateway gateway,
            @Nullable LiveCertificate certificate,
            @Nullable LiveLinks links,
            SeenDevices devices,
            GatewayListener events,
            LiveRecording recording,
            EventExecutor timers,
            InstantSource clock) {
        this.gateway = gateway;
        this.certificate = certificate;
        this.links = links;
        this.devices = devices;
        this.events = events;
        this.recording = recording;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public void onEvent(GatewayEvent event) {
        if (event instanceof GatewayEvent.FaultApplied applied) {
            count(applied.fault());
        }
    }

    private synchronized void count(String fault) {
        for (On each : on.values()) {
            if (each.faults.stream().anyMatch(one -> one.action().wireName().equals(fault))) {
                each.acted++;
            }
        }
    }

    @Override
    public JsonNode kinds() {
        return FaultKinds.json(links != null, links != null && links.hasNames(), certificate != null);
    }

    @Override
    public synchronized JsonNode faults() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        on.forEach((number, each) -> all.add(json(number, each)));
        return all;
    }

    @Override
    public synchronized JsonNode begin(String text) {
        if (on.size() >= ON_MAX) {
            throw new IllegalArgumentException(ON_MAX + " faults are on already; take one off first.");
        }
        LiveRequest request = LiveRequest.read(text, devices);
        requireMeans(request);
        On next = new On(request, faults(request), clock.instant());
        long number = last + 1;
        on.put(number, next);
        try {
            perform(number, next);
        } catch (IllegalArgumentException cannot) {
            on.remove(number);
            throw cannot;
        }
        last = number;
        events.onEvent(new GatewayEvent.LiveFaultBegan(number, request.line(), request.lasts()));
        JsonNode answer = json(number, next);
        if (request.isMomentary()) {
            over(number, false);
        } else if (request.lasts() != null) {
            next.timer =
                    timers.schedule(() -> over(number, false), request.lasts().toNanos(), TimeUnit.NANOSECONDS);
        }
        return answer;
    }

    @Override
    public boolean end(long number) {
        return over(number, true);
    }

    private void requireMeans(LiveRequest request) {
        if (request.step() instanceof Step.RenewCertificate) {
            require(
                    certificate != null,
                    "renew-certificate: this gateway's certificate was not minted by it; serve --wss or --mqtts without"
                            + " --certificate and --key.");
        } else if (request.step() instanceof Step.ChangeName) {
            require(
                    links != null && links.hasNames(),
                    "names: no device asks a name server of this gateway; serve with --run-firmware.");
        } else if (request.step() != null) {
            require(
                    links != null,
                    request.step().verb() + ": there is no link in front of this gateway; serve with --link.");
        }
        boolean byAddress = request.step() != null || EARLY.contains(phase(request));
        require(
                !byAddress || devices.haveAddresses(request.of()),
                "of: no device has said to be " + request.of()
                        + " yet, and this acts before one says so; give an address,"
                        + " a device that has connected, or all.");
    }

    private static @Nullable FaultPhase phase(LiveRequest request) {
        return request.fault() == null ? null : request.fault().action().phase();
    }

    private static void require(boolean met, String sentence) {
        if (!met) {
            throw new IllegalArgumentException(sentence);
        }
    }

    private List<Fault> faults(LiveRequest request) {
        return request.fault() == null
                ? List.of()
                : request.fault().faults(devices::targets).toList();
    }

    private void perform(long number, On next) {
        LiveRequest request = next.request;
        if (request.fault() != null) {
            gateway.replaceFaults(all());
            gateway.meet(next.faults);
            recording.faults(requests(each -> each.fault() != null));
        } else if (request.step() instanceof Step.RenewCertificate) {
            serveCertificate();
            recording.changed(number, request);
        } else if (request.step() instanceof Step.ChangeName name) {
            Objects.requireNonNull(links).begin(number, name);
            recording.changed(number, request);
        } else if (request.step() instanceof Step.OnLink step) {
            Duration lasts = request.isMomentary()
                    ? Duration.ZERO
                    : Objects.requireNonNullElse(request.lasts(), UNTIL_TAKEN_OFF);
            Objects.requireNonNull(links).begin(number, devices.addresses(step.of()), step, lasts);
            recording.changed(number, request);
        }
    }

    private synchronized boolean over(long number, boolean removed) {
        On ended = on.remove(number);
        if (ended == null) {
            return false;
        }
        if (ended.timer != null) {
            ended.timer.cancel(false);
        }
        LiveRequest request = ended.request;
        if (request.fault() != null) {
            gateway.replaceFaults(all());
            recording.faults(requests(each -> each.fault() != null));
        } else if (request.step() instanceof Step.RenewCertificate) {
            serveCertificate();
            recording.ended(number, request, others(request));
        } else if (!request.isMomentary()) {
            Objects.requireNonNull(links).end(number);
            recording.ended(number, request, others(request));
        }
        events.onEvent(new GatewayEvent.LiveFaultEnded(number, request.line(), removed));
        return true;
    }

    /** The latest one that was asked for, else the gateway's own. */
    private void serveCertificate() {
        LiveCertificate own = Objects.requireNonNull(certificate);
        gateway.swapCertificates(Map.of(
                TlsConfig.DEFAULT_NAME,
                on.values().stream()
                        .map(each -> each.request.step())
                        .filter(Step.RenewCertificate.class::isInstance)
                        .map(step -> ((Step.RenewCertificate) step).certificate())
                        .reduce((earlier, later) -> later)
                        .map(own::other)
                        .orElse(own.chain())));
    }

    private List<Fault> all() {
        return on.values().stream().flatMap(each -> each.faults.stream()).toList();
    }

    private List<LiveRequest> requests(Predicate<LiveRequest> kind) {
        return on.values().stream().map(each -> each.request).filter(kind).toList();
    }

    /** Those that still are on and do the same. */
    private List<LiveRequest> others(LiveRequest ended) {
        Class<?> kind = Objects.requireNonNull(ended.step()).getClass();
        return requests(request -> kind.isInstance(request.step()));
    }

    private ObjectNode json(long number, On each) {
        Duration lasts = each.request.lasts();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", number)
                .put("what", each.request.line())
                .put("of", each.request.of().toString())
                .put("since", each.since.toString());
        if (each.request.fault() != null) {
            json.put("acted", each.acted);
        }
        if (lasts != null) {
            Duration left = Duration.between(clock.instant(), each.since.plus(lasts));
            json.put("seconds-left", Math.max(0, left.toMillis()) / 1000.0);
        }
        return json;
    }
}
