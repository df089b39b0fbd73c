package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is served at which path. */
final class AdminRoutes {
    private static final int REFUSALS_MAX = 1000;

    private final GatewayMetrics metrics;
    private final DeviceTestPage page = DeviceTestPage.load();
    private final Map<String, BiFunction<GatewayReport, Map<String, List<String>>, AdminAnswer>> gatewayRoutes =
            new TreeMap<>();
    private volatile @Nullable GatewayReport report;

    AdminRoutes(GatewayMetrics metrics) {
        this.metrics = metrics;
        gatewayRoutes.put("/healthz", (gateway, query) -> AdminAnswer.json(HttpResponseStatus.OK, gateway.health()));
        gatewayRoutes.put("/gateway", (gateway, query) -> AdminAnswer.json(HttpResponseStatus.OK, gateway.overview()));
        gatewayRoutes.put("/sessions", (gateway, query) -> AdminAnswer.json(HttpResponseStatus.OK, gateway.sessions()));
        gatewayRoutes.put("/refusals", AdminRoutes::refusals);
        gatewayRoutes.put(
                "/ota",
                (gateway, query) -> AdminAnswer.json(
                        HttpResponseStatus.OK, metrics.otaChecks().json()));
    }

    /** From now on there is a gateway to report on. */
    void report(GatewayReport gateway) {
        report = gateway;
    }

    AdminAnswer answer(QueryStringDecoder request) {
        GatewayReport gateway = report;
        BiFunction<GatewayReport, Map<String, List<String>>, AdminAnswer> route = gatewayRoutes.get(request.path());
        if (route != null) {
            return gateway == null ? starting() : route.apply(gateway, request.parameters());
        }
        return switch (request.path()) {
            case "/" -> page.answer();
            case "/metrics" -> AdminAnswer.text(HttpResponseStatus.OK, GatewayMetrics.CONTENT_TYPE, metrics.scrape());
            case "/reasons" -> AdminAnswer.json(HttpResponseStatus.OK, ReasonCatalogue.json());
            default ->
                AdminAnswer.refused(
                        HttpResponseStatus.NOT_FOUND,
                        "Nothing is served at this path; there are / /metrics /reasons "
                                + String.join(" ", gatewayRoutes.keySet()) + ".");
        };
    }

    private static AdminAnswer starting() {
        return AdminAnswer.json(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                JsonNodeFactory.instance.objectNode().put("status", "starting"));
    }

    private static AdminAnswer refusals(GatewayReport gateway, Map<String, List<String>> query) {
        try {
            Instant since = Instant.parse(first(query, "since", Instant.EPOCH.toString()));
            int limit = Math.min(Integer.parseInt(first(query, "limit", "100")), REFUSALS_MAX);
            return AdminAnswer.json(HttpResponseStatus.OK, gateway.refusals(since, limit));
        } catch (DateTimeParseException | NumberFormatException unreadable) {
            return AdminAnswer.refused(
                    HttpResponseStatus.BAD_REQUEST,
                    "since must be a time such as 2026-01-01T12:00:00Z and limit a number.");
        }
    }

    private static String first(Map<String, List<String>> query, String name, String otherwise) {
        List<String> values = query.get(name);
        return values == null ? otherwise : values.get(0);
    }
}
