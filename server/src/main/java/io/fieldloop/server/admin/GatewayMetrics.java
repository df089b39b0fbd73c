package io.fieldloop.server.admin;

import io.fieldloop.server.Gateway;
import io.fieldloop.server.connection.RefusalLedger;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.event.VoiceQuality;
import io.fieldloop.server.event.WireNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Turns a gateway's events into meters for Prometheus.
 *
 * <p>Refusals come from the ledger and not from events, since a flood's refusals are summarised and no longer have an event each.
 * Every label has a closed set of values: what a device writes must not become a time series.
 */
public final class GatewayMetrics implements GatewayListener {
    /** The Prometheus text format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String SENT = "sent";
    private static final String RECEIVED = "received";
    private static final String OTHER = "other";
    private static final Set<String> MESSAGE_TYPES =
            Set.of("hello", "listen", "abort", "mcp", "stt", "llm", "tts", "iot", "goodbye");
    /** Around what ESP32 devices need over 4G, up to their limit of ten seconds. */
    private static final Duration[] HANDSHAKE_BUCKETS = {
        Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Class<?>, Consumer<GatewayEvent>> meters = new HashMap<>();
    private final AtomicInteger banned = new AtomicInteger();
    private final OtaChecks otaChecks = new OtaChecks();

    public GatewayMetrics() {
        on(GatewayEvent.ConnectionOpened.class, event -> count("connections", "listener", event.listener()));
        on(GatewayEvent.TlsEstablished.class, this::handshake);
        on(GatewayEvent.Upgraded.class, event -> count("sessions.opened"));
        on(
                GatewayEvent.SessionClosed.class,
                event -> count(
                        "sessions.closed",
                        "by",
                        WireNames.kebab(event.by().name()),
                        "reason",
                        event.reason().wireName()));
        on(
                GatewayEvent.AlarmRaised.class,
                event -> count("alarms", "class", event.refusalClass().wireName()));
        on(GatewayEvent.SourceBanned.class, event -> {
            count("bans");
            banned.incrementAndGet();
        });
        on(GatewayEvent.SourceBanExpired.class, event -> banned.decrementAndGet());
        on(GatewayEvent.MessageReceived.class, event -> message(RECEIVED, event.type()));
        on(GatewayEvent.HelloReceived.class, event -> message(RECEIVED, "hello"));
        on(GatewayEvent.MessageSent.class, event -> message(SENT, event.type()));
        on(GatewayEvent.HelloSent.class, event -> message(SENT, "hello"));
        on(GatewayEvent.AudioReceived.class, event -> audio(RECEIVED, event.frames(), event.bytes()));
        on(GatewayEvent.AudioSent.class, event -> audio(SENT, event.frames(), event.bytes()));
        on(GatewayEvent.OtaAnswered.class, event -> {
            count("ota.checks", "status", Integer.toString(event.status()), "offers", event.offers());
            otaChecks.add(event);
        });
        on(
                GatewayEvent.ActivationAnswered.class,
                event -> count("ota.activations", "status", Integer.toString(event.status())));
        on(
                GatewayEvent.FirmwareSent.class,
                event -> count("ota.downloads", "complete", Boolean.toString(event.complete())));
        on(GatewayEvent.MqttConnected.class, event -> count("sessions.opened"));
        on(GatewayEvent.Published.class, event -> count("mqtt.published"));
        on(GatewayEvent.VoiceOpened.class, event -> count("voice.opened"));
        on(GatewayEvent.VoiceAddressLearned.class, event -> {
            if (event.rebound()) {
                count("voice.rebinds");
            }
        });
        on(GatewayEvent.VoiceClosed.class, event -> voice(event.quality()));
        on(
                GatewayEvent.StrangerDatagram.class,
                event -> count("voice.strangers", "reason", event.reason().wireName()));
        on(GatewayEvent.ProtocolError.class, event -> count("protocol.errors"));
        on(GatewayEvent.FaultApplied.class, event -> count("faults.applied", "fault", event.fault()));
        Gauge.builder("fieldloop.sources.banned", banned, AtomicInteger::get)
                .description("Source addresses banned now")
                .register(registry);
    }

    @Override
    public void onEvent(GatewayEvent event) {
        Consumer<GatewayEvent> meter = meters.get(event.getClass());
        if (meter != null) {
            meter.accept(event);
        }
    }

    /** A listener that counts and then tells the other one. */
    public GatewayListener and(GatewayListener other) {
        return event -> {
            onEvent(event);
            other.onEvent(event);
        };
    }

    /** Adds what a running gateway can be asked: live sessions, refusals, alarms. */
    void observe(Gateway gateway) {
        Gauge.builder(
                        "fieldloop.sessions",
                        gateway,
                        running -> running.sessions().size())
                .description("Live sessions")
                .register(registry);
        Gauge.builder(
                        "fieldloop.voice.flows",
                        gateway,
                        running -> running.voice().size())
                .description("Open ways for encrypted audio")
                .register(registry);
        RefusalLedger ledger = gateway.refusals();
        for (RefusalReason reason : RefusalReason.values()) {
            FunctionCounter.builder(
                            "fieldloop.refusals",
                            ledger,
                            books -> books.countsByReason().getOrDefault(reason, 0L))
                    .description("Refused handshakes")
                    .tags("class", reason.refusalClass().wireName(), "reason", reason.wireName())
                    .register(registry);
        }
        for (RefusalClass each : RefusalClass.values()) {
            Gauge.builder(
                            "fieldloop.alarm.active",
                            ledger,
                            books -> books.alarms().contains(each) ? 1 : 0)
                    .description("Whether the rate of this class is over its threshold")
                    .tags("class", each.wireName())
                    .register(registry);
        }
    }

    OtaChecks otaChecks() {
        return otaChecks;
    }

    String scrape() {
        return registry.scrape();
    }

    private <E extends GatewayEvent> void on(Class<E> type, Consumer<E> meter) {
        meters.put(type, event -> meter.accept(type.cast(event)));
    }

    private void count(String name, String... tags) {
        Counter.builder("fieldloop." + name).tags(tags).register(registry).increment();
    }

    private void handshake(GatewayEvent.TlsEstablished event) {
        Timer.builder("fieldloop.tls.handshake")
                .description("From acceptance to an established TLS session")
                .tags("version", event.version())
                .serviceLevelObjectives(HANDSHAKE_BUCKETS)
                .register(registry)
                .record(event.elapsed());
    }

    private void message(String direction, String type) {
        count("messages", "direction", direction, "type", MESSAGE_TYPES.contains(type) ? type : OTHER);
    }

    private void voice(VoiceQuality quality) {
        packets("taken", quality.received());
        packets("lost", quality.lost());
        packets("late", quality.late());
        packets("duplicate", quality.duplicates());
        packets("refused", quality.refused());
    }

    private void packets(String fate, long amount) {
        Counter.builder("fieldloop.voice.packets")
                .tags("fate", fate)
                .register(registry)
                .increment((double) amount);
    }

    private void audio(String direction, long frames, long bytes) {
        add("audio.frames", direction, frames);
        add("audio.bytes", direction, bytes);
    }

    private void add(String name, String direction, long amount) {
        Counter.builder("fieldloop." + name)
                .tags("direction", direction)
                .register(registry)
                .increment((double) amount);
    }
}
