package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalReason;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells from the first bytes of a connection what the client speaks, before any parser sees them. */
public final class FirstBytes {
    /** What was recognised so far. */
    public enum Kind {
        /** Too few bytes to tell. */
        UNDECIDED,
        /** A TLS record with a handshake message. */
        TLS,
        /** The request line of an HTTP/1 method. */
        HTTP,
        HTTP2,
        /** The type of an MQTT CONNECT. */
        MQTT,
        /** A PROXY protocol header, version 1 or 2. */
        PROXY,
        RDP,
        SSH,
        SMB,
        OTHER
    }

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PROPFIND");
    private static final String HTTP2_PREFACE = "PRI * HTTP/2.0";
    private static final String PROXY_V1 = "PROXY ";
    private static final String PROXY_V2 = "\r\n\r\n\0\r\nQUIT\n";
    private static final String SSH_BANNER = "SSH-";

    private static final Map<String, Kind> BEGINNINGS =
            Map.of(SSH_BANNER, Kind.SSH, HTTP2_PREFACE, Kind.HTTP2, PROXY_V1, Kind.PROXY);

    /** TPKT header (4 bytes), X.224 length, and the type, which is 0xE0 in a connection request (MS-RDPBCGR 2.2.1.1). */
    private static final int RDP_BYTES = 6;

    /** NetBIOS session header (4 bytes) and the SMB protocol id. */
    private static final int SMB_BYTES = 8;

    /** The first byte of an MQTT CONNECT, which no other protocol here begins with. */
    private static final int CONNECT = 0x10;

    private FirstBytes() {}

    public static Kind classify(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length == 0) {
            return Kind.UNDECIDED;
        }
        int first = octet(bytes, 0);
        if (first == 0x16) {
            return binary(bytes, 2, Kind.TLS, octetIs(bytes, 1, 0x03));
        }
        if (first == CONNECT) {
            return Kind.MQTT;
        }
        if (first == 0x03) {
            return binary(bytes, RDP_BYTES, Kind.RDP, octetIs(bytes, 1, 0) && octetIs(bytes, 5, 0xE0));
        }
        if (first == 0x00) {
            boolean smb = (octetIs(bytes, 4, 0xFF) || octetIs(bytes, 4, 0xFE)) && asciiAt(bytes, 5, "SMB");
            return binary(bytes, SMB_BYTES, Kind.SMB, smb);
        }
        if (first == '\r') {
            // A header comes in one piece, and blank lines are not waited for.
            return match(bytes, PROXY_V2) == Match.WHOLE ? Kind.PROXY : Kind.OTHER;
        }
        return classifyText(bytes);
    }

    /** What it means for a plain port, or empty where an HTTP parser may go on. */
    public static Optional<RefusalReason> refusalOnPlain(Kind kind) {
        return Optional.ofNullable(kind == Kind.TLS ? RefusalReason.TLS_ON_PLAIN : foreign(kind));
    }

    /** What it means for a TLS port, or empty where the TLS engine may go on. */
    public static Optional<RefusalReason> refusalOnTls(Kind kind) {
        if (kind == Kind.TLS) {
            return Optional.empty();
        }
        if (kind == Kind.HTTP || kind == Kind.HTTP2) {
            return Optional.of(RefusalReason.HTTP_ON_TLS);
        }
        if (kind == Kind.MQTT) {
            return Optional.of(RefusalReason.MQTT_ON_TLS);
        }
        RefusalReason reason = foreign(kind);
        return Optional.ofNullable(reason == RefusalReason.NOT_HTTP ? RefusalReason.TLS_GARBAGE : reason);
    }

    /** What it means for an MQTT port, or empty where the MQTT decoder may go on. */
    public static Optional<RefusalReason> refusalOnMqtt(Kind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case MQTT -> null;
                    case TLS -> RefusalReason.TLS_ON_PLAIN;
                    case HTTP, HTTP2 -> RefusalReason.HTTP_ON_MQTT;
                    case OTHER -> RefusalReason.NOT_MQTT;
                    case UNDECIDED, RDP, SSH, SMB, PROXY -> foreign(kind);
                });
    }

    private static @Nullable RefusalReason foreign(Kind kind) {
        return switch (kind) {
            case RDP -> RefusalReason.RDP_SCAN;
            case SSH -> RefusalReason.SSH_SCAN;
            case SMB -> RefusalReason.SMB_SCAN;
            case HTTP2 -> RefusalReason.HTTP2_PREFACE;
            case PROXY -> RefusalReason.PROXY_PROTOCOL;
            case OTHER, MQTT -> RefusalReason.NOT_HTTP;
            case UNDECIDED, TLS, HTTP -> null;
        };
    }

    private static Kind classifyText(ByteBuf bytes) {
        boolean undecided = false;
        for (String method : METHODS) {
            Match match = match(bytes, method + " ");
            if (match == Match.WHOLE) {
                return Kind.HTTP;
            }
            undecided |= match == Match.SO_FAR;
        }
        for (Map.Entry<String, Kind> beginning : BEGINNINGS.entrySet()) {
            Match match = match(bytes, beginning.getKey());
            if (match == Match.WHOLE) {
                return beginning.getValue();
            }
            undecided |= match == Match.SO_FAR;
        }
        return undecided ? Kind.UNDECIDED : Kind.OTHER;
    }

    private static Kind binary(ByteBuf bytes, int needed, Kind kind, boolean matches) {
        if (bytes.readableBytes() < needed) {
            return Kind.UNDECIDED;
        }
        return matches ? kind : Kind.OTHER;
    }

    private static Match match(ByteBuf bytes, String text) {
        int common = Math.min(bytes.readableBytes(), text.length());
        if (!asciiAt(bytes, 0, text.substring(0, common))) {
            return Match.NONE;
        }
        return common == text.length() ? Match.WHOLE : Match.SO_FAR;
    }

    private static boolean asciiAt(ByteBuf bytes, int offset, String text) {
        if (bytes.readableBytes() < offset + text.length()) {
            return false;
        }
        return bytes.toString(bytes.readerIndex() + offset, text.length(), StandardCharsets.ISO_8859_1)
                .equals(text);
    }

    private static boolean octetIs(ByteBuf bytes, int offset, int value) {
        return bytes.readableBytes() > offset && octet(bytes, offset) == value;
    }

    private static int octet(ByteBuf bytes, int offset) {
        return bytes.getUnsignedByte(bytes.readerIndex() + offset);
    }

    private enum Match {
        NONE,
        SO_FAR,
        WHOLE
    }
}
