package io.fieldloop.scenario.diagnose.verdict;

import io.fieldloop.device.profile.Dialect;
import io.fieldloop.device.tls.CipherSuiteNames;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.http.ClientLibrary;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.http.HttpConversation;
import io.fieldloop.scenario.diagnose.judge.ChainSight;
import io.fieldloop.scenario.diagnose.judge.ClientShape;
import io.fieldloop.scenario.diagnose.judge.ConnectionJudge;
import io.fieldloop.scenario.diagnose.judge.PathJudge;
import io.fieldloop.scenario.diagnose.judge.PathSight;
import io.fieldloop.scenario.diagnose.judge.Scene;
import io.fieldloop.scenario.diagnose.mqtt.MqttConversation;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.TcpConnection;
import io.fieldloop.scenario.diagnose.tls.ClientHello;
import io.fieldloop.scenario.diagnose.tls.Message;
import io.fieldloop.scenario.diagnose.tls.ServerHello;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.tls.TlsWords;
import io.fieldloop.scenario.diagnose.websocket.Frame;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a connection's story in a few packets: opened, TLS, upgrade, hello. */
final class ConnectionTeller {
    private final Scene scene;
    private final List<Evidence> seen = new ArrayList<>();

    private ConnectionTeller(Scene scene) {
        this.scene = scene;
    }

    static Told tell(Connection connection, Moment captureEnd) {
        ConnectionTeller teller = new ConnectionTeller(new Scene(connection, captureEnd));
        TcpConnection tcp = connection.tcp();
        teller.opening();
        teller.tls(connection.said().tls());
        teller.upgrade(connection.said().http());
        teller.session(connection.said().webSocket());
        teller.mqtt(connection.said().mqtt());
        teller.missing(tcp.client().missing() + tcp.server().missing());
        teller.ending();
        return new Told(
                tcp.point(),
                tcp.ends(),
                tcp.first(),
                tcp.last(),
                Objects.requireNonNullElse(tcp.client().lastBytes(), tcp.first()),
                tcp.client().bytes(),
                tcp.server().bytes(),
                name(connection),
                connection.said().mqtt() == null ? "" : connection.said().mqtt().clientId(),
                mark(connection),
                tcp.server().reset(),
                ConnectionJudge.judge(connection, captureEnd),
                teller.seen,
                tcp.isWhole(),
                isFollowedRedirect(connection),
                teller.scene.isEndedByClient() ? teller.scene.ending() : null,
                PathSight.of(tcp),
                PathJudge.judge(teller.scene));
    }

    private void missing(long bytes) {
        if (bytes > 0) {
            seen.add(new Evidence(
                    "capture", "lacks " + bytes + " bytes of it", "what was said there is not known, and not judged"));
        }
    }

    /** Where it ended is all that the second half of a connection tells. */
    private void ending() {
        Evidence end = scene.end();
        if (scene.tcp().syn() == null && end != null) {
            seen.add(end);
        }
        if (!scene.tcp().isInOrder()) {
            seen.add(new Evidence("capture", "its packets stand in another order than they were captured in", ""));
        }
    }

    private void opening() {
        Moment syn = scene.tcp().syn();
        Moment synAck = scene.tcp().synAck();
        if (syn == null) {
            add(
                    scene.tcp().first(),
                    "the capture begins in the middle of the connection",
                    "its opening is not to be seen; where another file has it, mergecap makes" + " one of both");
        } else if (synAck != null) {
            add(synAck, "open", "");
        }
    }

    private void tls(@Nullable TlsConversation tls) {
        ClientHello hello = tls == null ? null : tls.clientHello();
        ServerHello answer = tls == null ? null : tls.serverHello();
        if (tls == null) {
            return;
        }
        if (hello != null) {
            add(
                    tls.messages().get(0).at(),
                    "ClientHello for " + (hello.serverName() == null ? "no name" : hello.serverName()),
                    ClientShape.of(hello)
                            .map(shape -> "as " + shape.name() + " sends it")
                            .orElse(""));
        }
        if (answer != null) {
            add(
                    tls.messages().get(Math.min(1, tls.messages().size() - 1)).at(),
                    TlsWords.version(answer.version()) + " " + CipherSuiteNames.of(answer.suite()),
                    !tls.isEstablished() || scene.said().isRead()
                            ? ""
                            : tls.isOpen()
                                    ? "what is inside is neither HTTP nor MQTT"
                                    : "what is inside cannot be read: give --keylog FILE");
        }
        if (hello != null) {
            chain(tls, hello);
        }
    }

    /** Readable in TLS 1.2, and in TLS 1.3 with secrets. */
    private void chain(TlsConversation tls, ClientHello hello) {
        List<X509Certificate> chain = tls.chain();
        Optional<Message> sent = tls.messages().stream()
                .filter(message -> !message.fromClient() && message.name().equals("Certificate"))
                .findFirst();
        if (!chain.isEmpty() && sent.isPresent()) {
            ChainSight sight =
                    new ChainSight(chain, hello.serverName(), scene.tcp().first());
            add(
                    sent.get().at(),
                    "server: a chain of " + chain.size() + " with " + sight.bytes() + " bytes",
                    ChainOutlook.words(chain, sight, !tls.isTls13()));
        }
    }

    private void mqtt(@Nullable MqttConversation mqtt) {
        if (mqtt != null && mqtt.connect() != null) {
            add(
                    mqtt.connect(),
                    "client: CONNECT as " + mqtt.clientId(),
                    "keep alive " + mqtt.keepAliveSeconds() + " s");
            if (mqtt.goodbye() != null) {
                add(mqtt.goodbye(), "server: goodbye", "with it a conversation ends; the connection stays");
            }
        }
    }

    private void upgrade(@Nullable HttpConversation http) {
        Exchange exchange = http == null ? null : http.decisive();
        if (exchange != null) {
            add(exchange.request().at(), exchange.request().startLine(), client(exchange));
            if (exchange.answer() != null) {
                add(exchange.answer().at(), exchange.answer().startLine(), "");
            }
        }
    }

    private static String client(Exchange exchange) {
        if (!exchange.request().asksForWebSocket()) {
            return "";
        }
        return switch (ClientLibrary.of(exchange.request())) {
            case XIAOZHI_WIFI, XIAOZHI_MODEM -> "headers as xiaozhi-esp32 writes them";
            case ESP_IDF -> "headers as esp_websocket_client writes them";
            case RFC_6455 -> "";
        };
    }

    private void session(@Nullable WebSocketConversation webSocket) {
        Frame hello = webSocket == null ? null : webSocket.serverHello();
        if (hello != null) {
            add(hello.at(), "server: hello", "");
        }
    }

    private void add(Moment at, String shown, String says) {
        seen.add(scene.see(at, shown, says));
    }

    /** The name the client asked for, by TLS or by HTTP. */
    private static String name(Connection connection) {
        TlsConversation tls = connection.said().tls();
        ClientHello hello = tls == null ? null : tls.clientHello();
        if (hello != null && hello.serverName() != null) {
            return hello.serverName();
        }
        HttpConversation http = connection.said().http();
        Exchange exchange = http == null ? null : http.decisive();
        return exchange == null
                ? ""
                : exchange.request().value("Host").orElse("").toLowerCase(Locale.ROOT);
    }

    /** The client's random, or its key for the upgrade, or else its addresses. */
    private static String mark(Connection connection) {
        TlsConversation tls = connection.said().tls();
        ClientHello hello = tls == null ? null : tls.clientHello();
        if (hello != null) {
            return hello.random();
        }
        HttpConversation http = connection.said().http();
        Exchange exchange = http == null ? null : http.decisive();
        String ends = connection.tcp().ends().toString();
        return exchange == null
                ? ends
                : exchange.request().value("Sec-WebSocket-Key").orElse(ends);
    }

    private static boolean isFollowedRedirect(Connection connection) {
        HttpConversation http = connection.said().http();
        Exchange exchange = http == null ? null : http.decisive();
        return exchange != null
                && exchange.answer() != null
                && exchange.answer().status() / 100 == 3
                && exchange.answer().value("Location").isPresent()
                && ClientLibrary.of(exchange.request()) == Dialect.ESP_IDF;
    }
}
