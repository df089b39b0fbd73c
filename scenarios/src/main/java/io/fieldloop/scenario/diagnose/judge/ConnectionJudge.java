package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.conversation.Connection;
import io.fieldloop.scenario.diagnose.http.ClientLibrary;
import io.fieldloop.scenario.diagnose.http.Exchange;
import io.fieldloop.scenario.diagnose.http.HttpConversation;
import io.fieldloop.scenario.diagnose.mqtt.MqttConversation;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out where a connection failed: the first layer that did not come to its end. */
public final class ConnectionJudge {
    private ConnectionJudge() {}

    /** Why it failed, the most probable first; empty where nothing did. */
    public static List<Cause> judge(Connection connection, Moment captureEnd) {
        Scene scene = new Scene(connection, captureEnd);
        Cause cause = new TcpJudge(scene).judge();
        if (cause == null) {
            cause = new ScanJudge(scene).judge();
        }
        TlsConversation tls = connection.said().tls();
        if (cause == null && tls != null) {
            cause = new TlsJudge(scene, tls).judge();
        }
        MqttConversation mqtt = connection.said().mqtt();
        if (cause == null && mqtt != null) {
            cause = new MqttJudge(scene, mqtt).judge();
        }
        if (cause == null && UpgradeJudge.applies(connection.said())) {
            cause = webSocket(scene);
        }
        if (cause == null) {
            cause = UpgradeJudge.otherRequest(scene);
        }
        if (cause == null
                && tls != null
                && tls.isEstablished()
                && !connection.said().isRead()) {
            List<Cause> sealed = new SealedJudge(scene, tls).judge();
            if (!sealed.isEmpty()) {
                return sealed;
            }
        }
        if (cause == null && tls != null && tls.isEstablished()) {
            cause = new TlsJudge(scene, tls).alertInSession();
        }
        return cause == null ? List.of() : List.of(cause);
    }

    private static @Nullable Cause webSocket(Scene scene) {
        HttpConversation http = Objects.requireNonNull(scene.said().http());
        Exchange exchange = Objects.requireNonNull(http.decisive());
        Cause cause = new UpgradeJudge(scene, exchange).judge();
        WebSocketConversation webSocket = scene.said().webSocket();
        return cause == null && webSocket != null
                ? new SessionJudge(scene, webSocket, ClientLibrary.of(exchange.request())).judge()
                : cause;
    }
}
