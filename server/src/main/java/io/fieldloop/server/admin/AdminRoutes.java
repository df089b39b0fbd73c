package io.fieldloop.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is served at which path. */
final class AdminRoutes {
    static final String EVENTS = "/live/events";

    private static final int REFUSALS_MAX = 1000;

    private final GatewayMetrics metrics;
    private final Map<String, AdminPage> testPages =
            Language.ALL.stream().collect(Collectors.toMap(Function.identity(), AdminPage::deviceTest));
    private final Map<String, AdminPage> livePages =
            Language.ALL.stream().collect(Collectors.toMap(Function.identity(), AdminPage::live));
    private final Map<String, BiFunction<GatewayReport, Map<String, List<String>>, AdminAnswer>> gatewayRoutes =
            new TreeMap<>();
    private final RefusalHistory history = new RefusalHistory();
    private final LiveStream stream = new LiveStream();
    private volatile @Nullable GatewayReport report;
    private volatile @Nullable Steering steering;

    AdminRoutes(GatewayMetrics metrics) {
        this.metrics = metrics;
        gatewayRoutes.put("/healthz", (gateway, query) -> AdminAnswer.json(HttpResponseStatus.OK, gateway.health()));
        gatewayRoutes.put("/gateway", (gateway, query) -> AdminAnswer.json(HttpResponseStatus.OK, gateway.overview()));
        gatewayRoutes.put("/sessions", (gateway, query) -> AdminAnswer.json(HttpResponseStatus.OK, gateway.sessions()));
        gatewayRoutes.put("/refusals", AdminRoutes::refusals);
        gatewayRoutes.put(Steering.PATH, (gateway, query) -> faults());
        gatewayRoutes.put(
                "/ota",
                (gateway, query) -> AdminAnswer.json(
                        HttpResponseStatus.OK, metrics.otaChecks().json()));
    }

    /** From now on there is a gateway to report on. */
    void report(GatewayReport gateway) {
        report = gateway;
    }

    /** From now on faults can be put on it. */
    void steer(Steering way) {
        steering = way;
    }

    AdminAnswer answer(QueryStringDecoder request, @Nullable String acceptLanguage) {
        GatewayReport gateway = report;
        BiFunction<GatewayReport, Map<String, List<String>>, AdminAnswer> route = gatewayRoutes.get(request.path());
        if (route != null) {
            return gateway == null ? starting() : route.apply(gateway, request.parameters());
        }
        return switch (request.path()) {
            case "/" -> page(testPages, request, acceptLanguage);
            case "/live" -> page(livePages, request, acceptLanguage);
            case "/metrics" -> AdminAnswer.text(HttpResponseStatus.OK, GatewayMetrics.CONTENT_TYPE, metrics.scrape());
            case "/reasons" -> AdminAnswer.json(HttpResponseStatus.OK, ReasonCatalogue.json());
            default ->
                AdminAnswer.refused(
                        HttpResponseStatus.NOT_FOUND,
                        "Nothing is served at this path; there are / /live " + EVENTS + " /metrics /reasons "
                                + String.join(" ", gatewayRoutes.keySet()) + ".");
        };
    }

    /** Answers whoever wants to change something. */
    AdminAnswer change(FullHttpRequest request, String path) {
        Steering way = steering;
        return way == null || !path.startsWith(Steering.PATH)
                ? AdminAnswer.refused(HttpResponseStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.")
                : way.answer(request, path);
    }

    /** Begins a stream of what happens, or says why not. */
    @Nullable
    AdminAnswer stream(ChannelHandlerContext ctx) {
        GatewayReport gateway = report;
        if (gateway == null) {
            return starting();
        }
        return stream.open(ctx, state(gateway))
                ? null
                : AdminAnswer.refused(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        LiveStream.LISTENERS_MAX + " pages listen already; close one of them.");
    }

    /** Another second has passed: those who listen are told what is new. */
    void second() {
        GatewayReport gateway = report;
        if (gateway != null) {
            history.second(gateway.refusalsByClass());
            stream.send(() -> state(gateway));
        }
    }

    private String state(GatewayReport gateway) {
        ObjectNode state = gateway.live(history);
        Steering way = steering;
        if (way != null) {
            state.set("faults", way.faults());
        }
        return state.toString();
    }

    private static AdminAnswer page(
            Map<String, AdminPage> pages, QueryStringDecoder request, @Nullable String acceptLanguage) {
        String language = Language.of(first(request.parameters(), "lang", ""), acceptLanguage);
        return Objects.requireNonNull(pages.get(language)).answer();
    }

    private AdminAnswer faults() {
        Steering way = steering;
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (way != null) {
            all.set("faults", way.faults());
            all.set("kinds", way.kinds());
        }
        return AdminAnswer.json(HttpResponseStatus.OK, all);
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
