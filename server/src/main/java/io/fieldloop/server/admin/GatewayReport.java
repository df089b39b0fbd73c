package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.RefusalLedger;
import io.fieldloop.server.event.Refusal;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.session.SessionSnapshot;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** A running gateway as JSON; names are those of events, durations are seconds and say so. */
final class GatewayReport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Gateway gateway;
    private final GatewayConfig config;
    private final InstantSource clock;

    GatewayReport(Gateway gateway, GatewayConfig config, InstantSource clock) {
        this.gateway = gateway;
        this.config = config;
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
            if (gateway.address(listener.name()) instanceof InetSocketAddress address) {
                listeners
                        .addObject()
                        .put("name", listener.name())
                        .put("scheme", listener.tls() == null ? "ws" : "wss")
                        .put("host", address.getAddress().getHostAddress())
                        .put("any-address", address.getAddress().isAnyLocalAddress())
                        .put("port", address.getPort());
            }
        }
        return overview;
    }

    JsonNode sessions() {
        ObjectNode all = JSON.objectNode().put("now", clock.instant().toString());
        ArrayNode list = all.putArray("sessions");
        for (SessionSnapshot session : gateway.sessions()) {
            list.addObject()
                    .put("connection", session.connection().toString())
                    .put("session-id", session.sessionId())
                    .put("device-id", session.deviceId())
                    .put("client-id", session.clientId())
                    .put("source", session.source().getHostAddress())
                    .put("listener", session.listener())
                    .put("protocol-version", session.protocolVersion())
                    .put("state", session.state())
                    .put("since", session.since().toString());
        }
        return all;
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
                .forEach(refusal -> records.add(record(refusal)));
        return all;
    }

    private static ObjectNode record(Refusal refusal) {
        ObjectNode record = JSON.objectNode()
                .put("at", refusal.at().toString())
                .put("class", refusal.refusalClass().wireName());
        for (Map.Entry<String, Object> attribute : WireNames.attributes(refusal).entrySet()) {
            if (attribute.getValue() instanceof Duration duration) {
                record.put(attribute.getKey() + "-seconds", seconds(duration).doubleValue());
            } else {
                record.putPOJO(attribute.getKey(), attribute.getValue());
            }
        }
        return record.put("explanation", refusal.reason().explanation());
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9);
    }
}
