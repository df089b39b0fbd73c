package io.fieldloop.scenario.diagnose.conversation;

import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.server.connection.FirstBytes;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How each end began, and what that is: the gateway's own way to tell, and what it has no need of. */
public final class FirstWords {
    private static final int KEPT_BYTES = 96;
    private static final int RECORD_BYTES = 3;

    /** What is spoken. */
    public enum Language {
        UNDECIDED,
        TLS,
        HTTP,
        MQTT,
        /** None that is read here. */
        OTHER
    }

    private final byte[] client = new byte[KEPT_BYTES];
    private final byte[] server = new byte[KEPT_BYTES];
    private int clientBytes;
    private int serverBytes;
    private @Nullable Moment clientAt;
    private @Nullable Moment serverAt;

    void hear(boolean fromClient, byte[] bytes, int offset, int length, long packet, long nanos) {
        if (fromClient) {
            clientAt = clientAt == null ? new Moment(packet, nanos) : clientAt;
            clientBytes += keep(bytes, offset, length, client, clientBytes);
        } else {
            serverAt = serverAt == null ? new Moment(packet, nanos) : serverAt;
            serverBytes += keep(bytes, offset, length, server, serverBytes);
        }
    }

    private static int keep(byte[] from, int offset, int length, byte[] to, int at) {
        int copied = Math.min(length, KEPT_BYTES - at);
        System.arraycopy(from, offset, to, at, copied);
        return copied;
    }

    /** By the client's words, or where it has said nothing yet, by the server's. */
    Language language() {
        if (clientBytes == 0) {
            return isRecord(server, serverBytes)
                    ? Language.TLS
                    : startsWith(server, serverBytes, "HTTP/") ? Language.HTTP : Language.UNDECIDED;
        }
        if (isRecord(client, clientBytes)) {
            return Language.TLS;
        }
        if (client[0] == 0x10 && clientBytes < 8) {
            return Language.UNDECIDED;
        }
        if (client[0] == 0x10 && text(client, clientBytes).contains("MQ")) {
            return Language.MQTT;
        }
        return switch (clientKind()) {
            case TLS -> Language.TLS;
            case HTTP -> Language.HTTP;
            case UNDECIDED -> Language.UNDECIDED;
            default -> Language.OTHER;
        };
    }

    /** As the gateway would take the client's first bytes. */
    public FirstBytes.Kind clientKind() {
        return FirstBytes.classify(Unpooled.wrappedBuffer(client, 0, clientBytes));
    }

    private static boolean isRecord(byte[] bytes, int length) {
        return length >= RECORD_BYTES && bytes[0] >= 20 && bytes[0] <= 23 && bytes[1] == 3 && bytes[2] <= 4;
    }

    private static boolean startsWith(byte[] bytes, int length, String text) {
        return text(bytes, length).startsWith(text);
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The client's first bytes, as many as are kept. */
    public byte[] ofClient() {
        return Arrays.copyOf(client, clientBytes);
    }

    public String clientText() {
        return text(client, clientBytes);
    }

    public String serverText() {
        return text(server, serverBytes);
    }

    /** When the client began to speak, or null where it did not. */
    public @Nullable Moment clientAt() {
        return clientAt;
    }

    public @Nullable Moment serverAt() {
        return serverAt;
    }
}
