package io.fieldloop.scenario.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldloop.device.attempt.Endpoint;
import io.fieldloop.device.mqtt.MqttSettings;
import io.fieldloop.device.ota.CheckRequest;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.device.websocket.Identity;
import io.fieldloop.scenario.probe.finding.MqttFinding;
import io.fieldloop.scenario.probe.finding.OtaFinding;
import io.fieldloop.scenario.probe.wire.Connection;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.ExamineException;
import io.fieldloop.scenario.probe.wire.ServerUrl;
import io.fieldloop.scenario.probe.wire.TlsRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks at an OTA address as a device does, and follows what it hands out. */
public final class OtaExaminer extends Examiner {
    /** As long as a device waits for a status, and then for the body. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ANSWER_BYTES_MAX = 256 * 1024;

    /**
     * @param settings their URL is that of the OTA check
     * @param progress told what is being looked at, for somebody who waits
     */
    public OtaExaminer(
            ExamineSettings settings,
            InstantSource clock,
            LongSupplier nanos,
            SecureRandom random,
            Consumer<String> progress) {
        super(settings, clock, nanos, random, progress);
    }

    /**
     * Whether that URL is an OTA address rather than a WebSocket's: HTTP, and a part of its path that begins with {@code ota}, such as
     * {@code /xiaozhi/ota/}, {@code /ota.php} or {@code /ota/?key=1}.
     */
    public static boolean isOta(String url) {
        return url.matches("(?i)https?://[^/?]*/([^?]*/)?ota\\b.*");
    }

    /**
     * Blocks until all is known.
     *
     * @throws ExamineException if the address cannot be reached at all
     */
    public OtaExamination examine() {
        progress.accept("the OTA check");
        String url = (settings.url().tls() ? "https://" : "http://")
                + settings.url().authority()
                + settings.url().path();
        Identity identity = settings.identity();
        String request = CheckRequest.text(OtaSettings.of(url), identity.deviceId(), identity.clientId());
        if (request == null) {
            throw new ExamineException("'" + url + "' is no URL a device could read; expected http://HOST:PORT/PATH.");
        }
        Answered answered = ask(connector(settings.url()), request);
        OtaAnswerReader reader =
                new OtaAnswerReader(answered.text(), settings.url().host());
        OtaFinding ota = reader.read(answered.elapsed(), answered.at(), answered.fate());
        return followed(url, ota, reader);
    }

    /**
     * Connects to a broker whose address is known without asking; blocks until all is known.
     *
     * @param login {@code client_id}, {@code username}, {@code password} and {@code publish_topic}, as an OTA server hands them out
     */
    public MqttFinding examineBroker(ServerUrl broker, JsonNode login) {
        progress.accept("the broker");
        return new MqttExamination(connector(broker), broker.authority(), login).examine();
    }

    /** @param at when it had come, before it was looked at: the server's clock is judged by it */
    private record Answered(String text, String fate, Duration elapsed, Instant at) {}

    private Answered ask(Connector connector, String request) {
        try (Connection connection = connector.open(PATIENCE)) {
            long began = connector.nanos();
            try {
                connection.send(request);
                String text = connection.receiveUntil("\0", ANSWER_BYTES_MAX);
                return answered(text, "", connector.since(began));
            } catch (IOException e) {
                return answered("", connection.fate(e), connector.since(began));
            }
        } catch (TlsRefusedException e) {
            return answered("", "no TLS session: " + e.getMessage(), Duration.ZERO);
        } catch (IOException e) {
            throw unreachable(connector, e);
        }
    }

    private Answered answered(String text, String fate, Duration elapsed) {
        return new Answered(text, fate, elapsed, clock.instant());
    }

    private OtaExamination followed(String url, OtaFinding ota, OtaAnswerReader reader) {
        Examination webSocket = null;
        String problem = null;
        if (ota.webSocket() != null) {
            try {
                webSocket = webSocket(
                        ota.webSocket(),
                        reader.section("websocket").path("token").asText());
            } catch (ExamineException e) {
                problem = e.getMessage();
            }
        }
        MqttFinding mqtt = ota.mqtt() == null ? null : mqtt(ota.mqtt(), reader);
        return new OtaExamination(url, clock.instant(), ota, webSocket, problem, mqtt);
    }

    private Examination webSocket(String url, String token) {
        progress.accept("the WebSocket it hands out, " + url);
        Identity asked = settings.identity();
        Identity identity = token.isEmpty()
                ? asked
                : new Identity(token, asked.clientId(), asked.deviceId(), asked.protocolVersion());
        ExamineSettings there = new ExamineSettings(
                ServerUrl.parse(url),
                List.of(),
                settings.roots(),
                identity,
                settings.profiles(),
                settings.watch(),
                settings.connectionsPerSecond());
        try (ServerExaminer examiner = new ServerExaminer(there, clock, nanos, random, progress)) {
            return examiner.examine();
        }
    }

    private MqttFinding mqtt(String endpoint, OtaAnswerReader reader) {
        progress.accept("the broker it hands out, " + endpoint);
        ServerUrl broker = broker(endpoint);
        if (broker == null) {
            return MqttFinding.refused(endpoint, "no endpoint a device could read; it is HOST:PORT or HOST");
        }
        try {
            return new MqttExamination(connector(broker), endpoint, reader.section("mqtt")).examine();
        } catch (ExamineException e) {
            return MqttFinding.refused(endpoint, String.valueOf(e.getMessage()));
        }
    }

    /** As the firmware takes an endpoint apart, or null. */
    private static @Nullable ServerUrl broker(String endpoint) {
        Endpoint place = MqttSettings.of(endpoint, "").place();
        return place == null ? null : new ServerUrl(place.tls(), place.host(), place.port(), true, "/");
    }

    private Connector connector(ServerUrl url) {
        return connector(url, address(url));
    }

    private InetAddress address(ServerUrl url) {
        if (!settings.at().isEmpty() && url.host().equals(settings.url().host())) {
            return settings.at().get(0);
        }
        try {
            return InetAddress.getByName(url.host());
        } catch (UnknownHostException e) {
            throw new ExamineException("The name " + url.host() + " does not resolve; check the URL.");
        }
    }
}
