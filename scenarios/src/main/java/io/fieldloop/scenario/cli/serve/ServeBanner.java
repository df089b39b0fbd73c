package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.explain.Translation;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.TokenIssuer;
import io.fieldloop.server.event.WireNames;
import io.fieldloop.server.ota.OtaConfig;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says where a device should connect, and what it needs for that. */
public final class ServeBanner {
    private static final String OTA_PATH = "/xiaozhi/ota/";

    private final ServedGateway served;
    private final List<String> tokenFor;
    private final Instant now;
    private final Translation language;
    private final List<String> lines = new ArrayList<>();

    private ServeBanner(ServedGateway served, List<String> tokenFor, Instant now, Translation language) {
        this.served = served;
        this.tokenFor = tokenFor;
        this.now = now;
        this.language = language;
    }

    public static List<String> lines(ServedGateway served, List<String> tokenFor, Instant now, Translation language) {
        return new ServeBanner(served, tokenFor, now, language).lines();
    }

    private List<String> lines() {
        GatewayConfig config = served.config();
        say("Fieldloop gateway, " + WireNames.kebab(config.stance().name()) + ". Devices connect to:");
        config.listeners().forEach(this::addUrls);
        addMqtt();
        addFirmware();
        ServeCertificate certificate = served.certificate();
        if (certificate != null && certificate.root() != null) {
            add(
                    "root",
                    certificate.root() + "  (devices must trust it; minted for "
                            + String.join(", ", certificate.names()) + ")");
        }
        addToken();
        addAdmin();
        if (open()) {
            say("Whoever reaches this port may connect; --token-key and --allow narrow that.");
        }
        say("Ctrl-C stops it.");
        return lines;
    }

    private void addUrls(ListenerConfig listener) {
        InetSocketAddress address = served.address(listener.name());
        ServeCertificate certificate = served.certificate();
        boolean named = listener.tls() != null
                && certificate != null
                && !certificate.names().isEmpty();
        List<String> hosts = named && certificate != null
                ? List.of(certificate.names().get(0))
                : LocalAddresses.reachable(address.getAddress());
        for (String host : hosts) {
            add(listener.name(), url(listener, bracketed(host) + ":" + address.getPort()));
        }
        String engine = served.tlsEngine(listener.name());
        if (engine != null) {
            add("", "TLS by " + engine);
        }
    }

    private static String url(ListenerConfig listener, String address) {
        if (listener instanceof ListenerConfig.Voice) {
            return address + "  (encrypted voice; devices are told by the hello)";
        }
        if (listener instanceof ListenerConfig.Ota) {
            return "http://" + address + OTA_PATH + "  (the address to enter into a device)";
        }
        return listener instanceof ListenerConfig.Mqtt
                ? listener.name() + "://" + address
                : listener.name() + "://" + address + GatewayConfig.PATH;
    }

    private void addMqtt() {
        GatewayConfig config = served.config();
        if (config.listeners().stream().anyMatch(ListenerConfig.Mqtt.class::isInstance)) {
            String credentials = config.mqtt().signatureKey() == null
                    ? "any client id, user name and password"
                    : "client id group@@@mac@@@id, signed password";
            add(
                    "",
                    "MQTT: " + credentials + "; devices publish to "
                            + config.mqtt().publishTopic() + " and hear devices/p2p/<mac with underscores>");
        }
    }

    private void addFirmware() {
        OtaConfig.Firmware firmware = served.config().ota().firmware();
        if (firmware != null) {
            add(
                    "",
                    firmware.image().comparable()
                            ? "firmware " + firmware.version() + ", offered to devices that say they run an older one"
                            : "firmware '" + firmware.version()
                                    + "' is no version of numbers and dots, such as 1.2.3 (PROJECT_VER): it is offered to nobody");
        }
    }

    private void addToken() {
        if (!served.config().admission().tokenRequired()) {
            add("token", "none is asked for");
        } else if (tokenFor.isEmpty()) {
            add("token", "one is asked for; --token-for DEVICE_ID,CLIENT_ID prints one");
        } else {
            add(
                    "token",
                    "Authorization: Bearer " + token() + "  (Device-Id " + tokenFor.get(0) + ", Client-Id "
                            + tokenFor.get(1) + ")");
        }
    }

    private void addAdmin() {
        InetSocketAddress admin = served.adminAddress();
        if (admin != null) {
            String base = "http://"
                    + bracketed(LocalAddresses.reachable(admin.getAddress()).get(0)) + ":" + admin.getPort();
            add(
                    "admin",
                    base + "/" + fragment()
                            + "  (device test page; also /sessions /ota /refusals /reasons /metrics /healthz)");
            add(
                    "live",
                    base + "/live#admin-token=" + encoded(served.adminToken())
                            + "  (what happens, and faults to put on; POST /faults asks for this token)");
        }
    }

    /** Fills the test page's fields; a fragment stays in the browser. */
    private String fragment() {
        return tokenFor.isEmpty()
                ? ""
                : "#device-id=" + encoded(tokenFor.get(0)) + "&client-id=" + encoded(tokenFor.get(1)) + "&token="
                        + token();
    }

    private String token() {
        return new TokenIssuer(served.config().admission().tokenKeyBytes())
                .issue(tokenFor.get(1), tokenFor.get(0), now);
    }

    private boolean open() {
        GatewayConfig config = served.config();
        return !config.admission().tokenRequired()
                && config.admission().allow().isEmpty()
                && config.listeners().stream()
                        .map(listener -> served.address(listener.name()).getAddress())
                        .anyMatch(address -> !address.isLoopbackAddress());
    }

    private void add(String what, @Nullable Object value) {
        lines.add(String.format(Locale.ROOT, "  %-6s %s", what, language.sentence(String.valueOf(value))));
    }

    private void say(String english) {
        lines.add(language.sentence(english));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
