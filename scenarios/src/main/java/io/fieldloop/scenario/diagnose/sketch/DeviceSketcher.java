package io.fieldloop.scenario.diagnose.sketch;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.ClientHelloShape;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.http.ClientLibrary;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.http.Head;
import io.fieldloop.scenario.diagnose.judge.ClientShape;
import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the profile that speaks as a captured client does, and the address it asked for. */
final class DeviceSketcher {
    private static final String ACCEPT = "Sec-WebSocket-Accept";
    private static final int SMALL_RECORD_BYTES = 4096;

    /** Where xiaozhi servers and the gateway here speak without TLS, to a client that begins with it as to any other. */
    static final int PLAIN_PORT = 8000;

    private final Scene scene;
    private final @Nullable TlsConversation tls;
    private final Optional<Exchange> upgrade;

    DeviceSketcher(Scene scene) {
        this.scene = scene;
        tls = scene.said().tls();
        upgrade = ScenarioSketch.upgrade(scene);
    }

    Sketch.Line profile(Cause cause) {
        Optional<ClientHelloShape> shape = ClientShape.of(tls == null ? null : tls.clientHello());
        String by = shape.map(one -> "the ClientHello is that of " + one.name()).orElse("");
        if (upgrade.isPresent()) {
            Dialect dialect = ClientLibrary.of(upgrade.get().request());
            String request = "packet " + upgrade.get().request().at().packet() + ": the order of its headers";
            return switch (dialect) {
                case ESP_IDF -> new Sketch.Line(espIdf(cause), request);
                case RFC_6455 -> new Sketch.Line("strict-rfc6455", request);
                case XIAOZHI_WIFI, XIAOZHI_MODEM ->
                    new Sketch.Line(xiaozhi(shape, cause), by.isEmpty() ? request : request + "; " + by);
            };
        }
        boolean desktop = shape.filter(ClientHelloShape.DESKTOP::equals).isPresent();
        return new Sketch.Line(
                desktop ? "strict-rfc6455" : xiaozhi(shape, cause), by.isEmpty() ? "assumed: nothing tells" : by);
    }

    /** The device's {@code tls:} key, where its profile has another build. */
    Optional<Sketch.Line> tls(Cause cause) {
        return TlsBuild.of(tls, cause);
    }

    private String espIdf(Cause cause) {
        boolean otherCase = upgrade.map(Exchange::answer)
                .flatMap(answer -> Optional.ofNullable(answer).flatMap(head -> head.written(ACCEPT)))
                .filter(written -> !written.equals(ACCEPT))
                .isPresent();
        boolean redirect =
                upgrade.map(Exchange::answer).filter(DeviceSketcher::isRedirect).isPresent();
        if (redirect && cause.word().equals(FailureReason.UPGRADE_REFUSED.wireName())) {
            return "esp-idf-websocket-1.5";
        }
        return otherCase && cause.word().equals(FailureReason.ACCEPT_MISSING.wireName())
                ? "esp-idf-websocket-case-sensitive"
                : "esp-idf-websocket";
    }

    private static boolean isRedirect(@Nullable Head answer) {
        return answer != null && answer.status() / 100 == 3;
    }

    private String xiaozhi(Optional<ClientHelloShape> shape, Cause cause) {
        if (shape.filter(ClientHelloShape.MODEM_ML307::equals).isPresent()) {
            return tls != null && scene.tcp().ends().serverPort() == PLAIN_PORT
                    ? "xiaozhi-ml307-tls-always"
                    : "xiaozhi-ml307";
        }
        if (cause.word().equals(FailureReason.HEAP_EXHAUSTED.wireName())) {
            return "xiaozhi-wifi-low-memory";
        }
        if (tls != null
                && scene.isEndedByClient()
                && tls.alerts().isEmpty()
                && tls.server().fragmented() != null
                && tls(cause).isEmpty()) {
            return "xiaozhi-wifi-mbedtls-3.6.2";
        }
        boolean large = tls != null && tls.server().largestRecord() > SMALL_RECORD_BYTES;
        boolean refuses = cause.word().equals(FailureReason.HANDSHAKE_FAILURE.wireName())
                || cause.word().equals(FailureReason.CONNECTION_LOST.wireName());
        return large && refuses && scene.isEndedByClient() ? "xiaozhi-wifi-small-records" : "xiaozhi-wifi";
    }

    Sketch.Line url() {
        ClientHello hello = tls == null ? null : tls.clientHello();
        String name = hello == null || hello.serverName() == null ? "" : "; the client asked for " + hello.serverName();
        String path = upgrade.map(one -> one.request().path())
                .filter(asked -> asked.startsWith("/"))
                .orElse("/xiaozhi/v1/");
        boolean plainPort = scene.tcp().ends().serverPort() == PLAIN_PORT;
        boolean modem = ClientShape.of(hello)
                .filter(ClientHelloShape.MODEM_ML307::equals)
                .isPresent();
        if (tls != null && plainPort) {
            return new Sketch.Line(
                    (modem ? "ws" : "wss") + "://gateway.test:8000" + path, "TLS to the port without" + name);
        }
        return tls == null
                ? new Sketch.Line("ws://gateway.test:8000" + path, "no TLS")
                : new Sketch.Line("wss://gateway.test" + path, "TLS" + name);
    }
}
