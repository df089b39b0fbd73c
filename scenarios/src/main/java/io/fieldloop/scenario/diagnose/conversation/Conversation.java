package io.fieldloop.scenario.diagnose.conversation;

import io.fieldloop.scenario.diagnose.http.HttpConversation;
import io.fieldloop.scenario.diagnose.mqtt.MqttConversation;
import io.fieldloop.scenario.diagnose.tcp.StreamReader;
import io.fieldloop.scenario.diagnose.tls.Secrets;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import org.jspecify.annotations.Nullable;

/** Reads one connection layer by layer: TLS, in it or without it HTTP or MQTT, and behind an upgrade a WebSocket. */
public final class Conversation implements StreamReader {
    /** The objects alone. */
    private static final int BYTES_MIN = 1024;

    private final Secrets secrets;
    private final Speech outside = new Speech(this::outer);
    private final Speech inside = new Speech(this::inner);
    private @Nullable TlsConversation tls;
    private @Nullable HttpConversation http;
    private @Nullable MqttConversation mqtt;
    private @Nullable WebSocketConversation webSocket;

    public Conversation(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        outside.bytes(fromClient, bytes, offset, length, packet, nanos);
    }

    @Override
    public void gap(boolean fromClient) {
        outside.gap(fromClient);
    }

    @Override
    public int footprint() {
        return BYTES_MIN + outside.footprint() + inside.footprint();
    }

    private @Nullable StreamReader outer(FirstWords.Language language) {
        if (language == FirstWords.Language.TLS) {
            tls = new TlsConversation(secrets, inside);
            return tls;
        }
        return inner(language);
    }

    private @Nullable StreamReader inner(FirstWords.Language language) {
        if (language == FirstWords.Language.HTTP) {
            webSocket = new WebSocketConversation();
            http = new HttpConversation(webSocket);
            return http;
        } else if (language == FirstWords.Language.MQTT) {
            mqtt = new MqttConversation();
            return mqtt;
        }
        return null;
    }

    /** How both ends began on TCP. */
    public FirstWords firstWords() {
        return outside.words();
    }

    /** Null where it is not TLS. */
    public @Nullable TlsConversation tls() {
        return tls;
    }

    /** In the clear or decrypted; null where there is none to be read. */
    public @Nullable HttpConversation http() {
        return http;
    }

    public @Nullable MqttConversation mqtt() {
        return mqtt;
    }

    /** What followed an upgrade; null where there was none. */
    public @Nullable WebSocketConversation webSocket() {
        return http != null && http.isSwitched() ? webSocket : null;
    }

    /** Whether the connection's content could be read at all. */
    public boolean isRead() {
        return http != null || mqtt != null;
    }
}
