package io.fieldloop.scenario.cli.option;

import io.fieldloop.server.connection.Cidr;
import io.fieldloop.server.connection.GatewayConfigException;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom {@code fieldloop serve} lets in: networks, origins, and how much of an address is too much. */
public final class AdmissionOptions {
    // RFC 6454, section 6.2: scheme, host, and the port unless it is the scheme's own; "null" of a sandboxed page.
    private static final Pattern ORIGIN =
            Pattern.compile("null|[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "An Origin header to admit besides the test page's; may be repeated.")
    private List<String> origins = new ArrayList<>();

    @Option(names = "--allow", paramLabel = "CIDR", description = "Only sources in these networks; may be repeated.")
    private List<String> allow = new ArrayList<>();

    @Option(names = "--deny", paramLabel = "CIDR", description = "No source in these networks; may be repeated.")
    private List<String> deny = new ArrayList<>();

    @Option(
            names = "--exempt",
            paramLabel = "CIDR",
            description =
                    "No ban and no connection limit for sources in these networks, such as your own scanner's; may"
                            + " be repeated.")
    private List<String> exempt = new ArrayList<>();

    @Option(
            names = "--trust-proxy",
            paramLabel = "CIDR",
            description = {
                "A proxy in front, whose PROXY protocol header, X-Forwarded-For or Forwarded names the real source;",
                "without it all devices behind a proxy are one address. May be repeated."
            })
    private List<String> trustProxies = new ArrayList<>();

    @Option(
            names = "--connections-per-source",
            paramLabel = "N",
            description = "How many connections an address may have open (default: 32).")
    private @Nullable Integer connectionsPerSource;

    @Option(
            names = "--refusals-per-source",
            paramLabel = "N/TIME",
            description = "The rate of refused handshakes at which an address is banned (default: 20/10s).")
    private @Nullable String refusalsPerSource;

    @Option(
            names = "--ban",
            paramLabel = "TIME",
            converter = Converters.Time.class,
            description = "How long a ban lasts (default: 60s).")
    private @Nullable Duration ban;

    public LimitsConfig limits() {
        LimitsConfig.Builder limits = LimitsConfig.builder();
        if (connectionsPerSource != null) {
            if (connectionsPerSource < 1) {
                throw new CliException(
                        "--connections-per-source " + connectionsPerSource + " lets nobody in; give a number from 1.");
            }
            limits.connectionsPerSource(connectionsPerSource);
        }
        if (refusalsPerSource != null) {
            limits.refusalsPerSource(rate(refusalsPerSource));
        }
        if (ban != null) {
            limits.ban(ban);
        }
        return limits.build();
    }

    private static Rate rate(String text) {
        try {
            io.fieldloop.scenario.model.value.Rate rate = io.fieldloop.scenario.model.value.Rate.parse(text);
            return new Rate(Math.toIntExact(rate.count()), rate.per());
        } catch (IllegalArgumentException e) {
            throw new CliException("--refusals-per-source " + text + " " + e.getMessage() + "; write it as 20/10s.");
        }
    }

    /** The origins to admit, each as a browser writes one. */
    public List<String> origins() {
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new CliException(
                        "--origin " + origin
                                + " is no origin; write it as the browser does, such as https://app.example.com, without a path.");
            }
        }
        return origins;
    }

    public List<Cidr> allowed() {
        return networks("--allow", allow);
    }

    public List<Cidr> denied() {
        return networks("--deny", deny);
    }

    public List<Cidr> exempted() {
        return networks("--exempt", exempt);
    }

    public List<Cidr> trustedProxies() {
        return networks("--trust-proxy", trustProxies);
    }

    private static List<Cidr> networks(String option, List<String> texts) {
        try {
            return texts.stream().map(Cidr::parse).toList();
        } catch (GatewayConfigException e) {
            throw new CliException(option + ": " + e.getMessage());
        }
    }
}
