package io.fieldloop.scenario.diagnose.mqtt;

import io.fieldloop.scenario.diagnose.capture.Octets;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tcp.StreamReader;
import io.fieldloop.scenario.diagnose.voice.VoiceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads MQTT control packets (MQTT 3.1.1 section 2): who connected as what, what the broker answered, and the pings. */
public final class MqttConversation implements StreamReader {
    private static final int CONNECT = 1;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PINGREQ = 12;
    private static final int PINGRESP = 13;

    private static final Pattern HELLO = Pattern.compile("\"type\"\\s*:\\s*\"hello\"");
    private static final Pattern GOODBYE = Pattern.compile("\"type\"\\s*:\\s*\"goodbye\"");

    private static final int KEYS_MAX = 16;

    private final Packets client = new Packets(true);
    private final Packets server = new Packets(false);
    private @Nullable Moment connect;
    private @Nullable Moment connack;
    private @Nullable Moment unansweredPing;
    private @Nullable Moment clientHello;
    private @Nullable Moment serverHello;
    private @Nullable Moment goodbye;
    private String serverHelloText = "";
    private final List<VoiceKey> keys = new ArrayList<>();
    private String clientId = "";
    private int keepAliveSeconds;
    private int code;
    private int version;

    @Override
    public void bytes(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        (fromClient ? client : server).bytes(bytes, offset, length, new Moment(packet, nanos));
    }

    @Override
    public void gap(boolean fromClient) {
        (fromClient ? client : server).over = true;
    }

    @Override
    public int footprint() {
        return client.body.length + server.body.length;
    }

    private void packet(boolean fromClient, int type, byte[] body, int length, Moment at) {
        switch (type) {
            case CONNECT -> connect(body, length, at);
            case CONNACK -> {
                connack = at;
                code = length >= 2 ? Octets.u8(body, 1) : 0;
            }
            case PUBLISH -> published(fromClient, body, length, at);
            case PINGREQ -> unansweredPing = unansweredPing == null ? at : unansweredPing;
            case PINGRESP -> unansweredPing = null;
            default -> {}
        }
    }

    /** Without a packet identifier: devices and their brokers publish at QoS 0. */
    private void published(boolean fromClient, byte[] body, int length, Moment at) {
        int topicBytes = length < 2 ? 0 : Octets.u16(body, 0);
        if (length < 2 + topicBytes) {
            return;
        }
        String text = new String(body, 2 + topicBytes, length - 2 - topicBytes, StandardCharsets.UTF_8);
        if (!fromClient && GOODBYE.matcher(text).find()) {
            goodbye = at;
        }
        if (HELLO.matcher(text).find()) {
            clientHello = fromClient && clientHello == null ? at : clientHello;
            if (!fromClient && serverHello == null) {
                serverHello = at;
                serverHelloText = text;
            }
            if (!fromClient && keys.size() < KEYS_MAX) {
                VoiceKey.of(text, at).ifPresent(keys::add);
            }
        }
    }

    private void connect(byte[] body, int length, Moment at) {
        connect = at;
        int name = length < 2 ? 0 : Octets.u16(body, 0);
        int rest = 2 + name;
        if (length < rest + 4) {
            return;
        }
        version = Octets.u8(body, rest);
        keepAliveSeconds = Octets.u16(body, rest + 2);
        int idAt = rest + 4;
        if (version >= 5 && length > idAt) {
            // Properties stand in front of the id; those of a device are shorter than 128 bytes.
            idAt += 1 + Octets.u8(body, idAt);
        }
        if (length >= idAt + 2) {
            int idBytes = Math.min(Octets.u16(body, idAt), length - idAt - 2);
            clientId = new String(body, idAt + 2, idBytes, StandardCharsets.UTF_8);
        }
    }

    /** One direction: type, length in up to four septets, body. */
    private final class Packets {
        private static final int KEPT_BYTES_MAX = 1024;

        private final boolean fromClient;
        private byte[] body = {};
        private int bodyBytes;
        private int type = -1;
        private int shift = -1;
        private long left;
        private boolean over;

        Packets(boolean fromClient) {
            this.fromClient = fromClient;
        }

        void bytes(byte[] bytes, int offset, int length, Moment at) {
            int from = offset;
            int end = offset + length;
            while (from < end && !over) {
                if (type < 0) {
                    type = Octets.u8(bytes, from++) >> 4;
                    shift = 0;
                    left = 0;
                } else if (shift >= 0) {
                    length(Octets.u8(bytes, from++));
                } else {
                    int part = (int) Math.min(left, end - from);
                    int copied = Math.min(part, body.length - bodyBytes);
                    System.arraycopy(bytes, from, body, bodyBytes, copied);
                    bodyBytes += copied;
                    left -= part;
                    from += part;
                }
                if (type >= 0 && shift < 0 && left == 0) {
                    packet(fromClient, type, body, bodyBytes, at);
                    type = -1;
                }
            }
        }

        private void length(int septet) {
            left |= (long) (septet & 0x7F) << shift;
            shift += 7;
            if ((septet & 0x80) == 0) {
                shift = -1;
                body = Arrays.copyOf(body, (int) Math.min(left, KEPT_BYTES_MAX));
                bodyBytes = 0;
            } else {
                over = shift > 21;
            }
        }
    }

    public @Nullable Moment connect() {
        return connect;
    }

    public @Nullable Moment connack() {
        return connack;
    }

    /** The return code of the CONNACK. */
    public int code() {
        return code;
    }

    public String clientId() {
        return clientId;
    }

    public int keepAliveSeconds() {
        return keepAliveSeconds;
    }

    /** 4 for MQTT 3.1.1, 5 for MQTT 5. */
    public int version() {
        return version;
    }

    public @Nullable Moment clientHello() {
        return clientHello;
    }

    /** A hello of the server, of use or not. */
    public @Nullable Moment serverHello() {
        return serverHello;
    }

    /** The server's last goodbye, or null. */
    public @Nullable Moment goodbye() {
        return goodbye;
    }

    public String serverHelloText() {
        return serverHelloText;
    }

    /** Of each hello of the server that gives one. */
    public List<VoiceKey> keys() {
        return keys;
    }

    /** The first PINGREQ since the last PINGRESP, or null. */
    public @Nullable Moment unansweredPing() {
        return unansweredPing;
    }
}
