package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.RefusalLedger;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.VoiceQuality;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.session.SessionSnapshot;
import io.fieldloop.server.voice.VoiceSnapshot;
import io.netty.util.NetUtil;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A running gateway as JSON; names are those of events, durations are seconds and say so. */
final class GatewayReport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SESSIONS_SHOWN = 100;
    private static final int REFUSALS_SHOWN = 20;

    private final Gateway gateway;
    private final GatewayConfig config;
    private final Function<String, SocketAddress> addresses;
    private final InstantSource clock;

    GatewayReport(
            Gateway gateway, GatewayConfig config, Function<String, SocketAddress> addresses, InstantSource clock) {
        this.gateway = gateway;
        this.config = config;
        this.addresses = addresses;
        this.clock = clock;
    }

    JsonNode health() {
        return JSON.objectNode()
                .put("status", "up")
                .put("sessions", gateway.sessions().size())
                .put("refusals", gateway.refusals().total());
    }

    /** What a device has to know to connect. */
    JsonNode overview() {
        ObjectNode overview = JSON.objectNode()
                .put("now", clock.instant().toString())
                .put("stance", WireNames.kebab(config.stance().name()))
                .put("path", GatewayConfig.PATH)
                .put("token-required", config.admission().tokenRequired())
                .put("hello-timeout-seconds", seconds(config.limits().hello()).doubleValue());
        ArrayNode listeners = overview.putArray("listeners");
        for (ListenerConfig listener : config.listeners()) {
            if (addresses.apply(listener.name()) instanceof InetSocketAddress address) {
                listeners
                        .addObject()
                        .put("name", listener.name())
                        .put("scheme", scheme(listener))
                        .put("host", NetUtil.toAddressString(address.getAddress()))
                        .put("any-address", address.getAddress().isAnyLocalAddress())
                        .put("port", address.getPort());
            }
        }
        return overview;
    }

    JsonNode sessions() {
        return sessions(gateway.sessions());
    }

    private ObjectNode sessions(List<SessionSnapshot> some) {
        ObjectNode all = JSON.objectNode().put("now", clock.instant().toString());
        ArrayNode list = all.putArray("sessions");
        Map<ConnectionId, VoiceSnapshot> voice = new HashMap<>();
        gateway.voice().forEach(flow -> voice.put(flow.connection(), flow));
        for (SessionSnapshot session : some) {
            list.add(session(session, voice.get(session.connection())));
        }
        return all;
    }

    private static ObjectNode session(SessionSnapshot session, @Nullable VoiceSnapshot flow) {
        ObjectNode one = JSON.objectNode()
                .put("connection", session.connection().toString())
                .put("session-id", session.sessionId())
                .put("device-id", session.deviceId())
                .put("client-id", session.clientId())
                .put("source", NetUtil.toAddressString(session.source()))
                .put("listener", session.listener())
                .put("transport", WireNames.kebab(session.transport().name()))
                .put("protocol-version", session.protocolVersion())
                .put("state", session.state())
                .put("since", session.since().toString());
        if (session.roundTrip() != null) {
            one.put("round-trip-seconds", seconds(session.roundTrip()).doubleValue());
        }
        if (flow != null) {
            one.set("voice", voice(flow));
        }
        return one;
    }

    /** How the audio of a session comes through so far. */
    private static ObjectNode voice(VoiceSnapshot flow) {
        VoiceQuality quality = flow.quality();
        InetSocketAddress device = flow.device();
        return JSON.objectNode()
                .put("flow", flow.flow())
                .put("device", device == null ? null : NetUtil.toSocketAddressString(device))
                .put("received", quality.received())
                .put("lost", quality.lost())
                .put("late", quality.late())
                .put("duplicates", quality.duplicates())
                .put("gaps", quality.gaps())
                .put("jitter-seconds", seconds(quality.jitter()).doubleValue())
                .put("mos", quality.mos())
                .put("rebinds", quality.rebinds())
                .put("sent", quality.sent());
    }

    private static String scheme(ListenerConfig listener) {
        String plain;
        if (listener instanceof ListenerConfig.Voice) {
            return "udp";
        } else if (listener instanceof ListenerConfig.Mqtt) {
            plain = "mqtt";
        } else {
            plain = listener instanceof ListenerConfig.Ota ? "http" : "ws";
        }
        return listener.tls() == null ? plain : plain + "s";
    }

    Map<RefusalClass, Long> refusalsByClass() {
        return gateway.refusals().countsByClass();
    }

    /** Counters of everything and the records, newest first, that are not older than {@code since}. */
    JsonNode refusals(Instant since, int limit) {
        RefusalLedger ledger = gateway.refusals();
        ObjectNode all =
                JSON.objectNode().put("now", clock.instant().toString()).put("total", ledger.total());
        ObjectNode byClass = all.putObject("by-class");
        ledger.countsByClass().forEach((key, count) -> byClass.put(key.wireName(), count));
        ObjectNode byReason = all.putObject("by-reason");
        ledger.countsByReason().forEach((key, count) -> byReason.put(key.wireName(), count));
        ArrayNode alarms = all.putArray("alarms");
        ledger.alarms().forEach(alarm -> alarms.add(alarm.wireName()));
        ArrayNode records = all.putArray("refusals");
        ledger.latest().stream()
                .filter(refusal -> !refusal.at().isBefore(since))
                .limit(Math.max(0, limit))
                .forEach(refusal -> records.add(RefusalJson.of(refusal)));
        return all;
    }

    /** What the live page shows: of each list only the newest, so that it stays as small under a flood. */
    ObjectNode live(RefusalHistory history) {
        List<SessionSnapshot> sessions = gateway.sessions();
        ObjectNode all = sessions(sessions.subList(Math.max(0, sessions.size() - SESSIONS_SHOWN), sessions.size()));
        RefusalLedger ledger = gateway.refusals();
        all.put("session-count", sessions.size())
                .put("connection-count", gateway.connections())
                .put("refusal-count", ledger.total());
        all.set("history", history.json());
        ArrayNode alarms = all.putArray("alarms");
        ledger.alarms().forEach(alarm -> alarms.add(alarm.wireName()));
        ArrayNode refusals = all.putArray("refusals");
        ledger.latest().stream()
                .limit(REFUSALS_SHOWN)
                .forEach(refusal -> refusals.addObject()
                        .put("at", refusal.at().toString())
                        .put("class", refusal.refusalClass().wireName())
                        .put("reason", refusal.reason().wireName())
                        .put("source", NetUtil.toAddressString(refusal.source()))
                        .put("listener", refusal.listener()));
        return all;
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9);
    }
}
