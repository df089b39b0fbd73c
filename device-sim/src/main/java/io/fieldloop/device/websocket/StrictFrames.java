package io.fieldloop.device.websocket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Finds where a server's frames break RFC 6455, at the byte that breaks it; for a client that negotiated no extension. */
final class StrictFrames {

    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF_8 = 1007;

    /** The data message under way: TEXT, BINARY, or CONTINUATION for none. */
    private int message = Opcode.CONTINUATION;

    private Utf8Checker text = new Utf8Checker();
    private int textBytesSeen;

    /** What is wrong with a header that was just read (sections 5.1 to 5.5), or null. */
    WebSocketMessage.@Nullable Broken judgeHeader(FrameReader frame) {
        String wrong = Opcode.isControl(frame.opcode()) ? control(frame) : data(frame);
        if (frame.reservedBits() != 0) {
            wrong = "RSV bits without an extension";
        } else if (frame.masked()) {
            wrong = "Masked frame from the server";
        } else if (!Opcode.isKnown(frame.opcode())) {
            wrong = "Unknown opcode: " + frame.opcode();
        } else if (!frame.hasShortestLength()) {
            wrong = "Length not in its shortest form";
        }
        if (wrong == null && !Opcode.isControl(frame.opcode())) {
            begin(frame);
        }
        return wrong == null ? null : broken(wrong, PROTOCOL_ERROR);
    }

    private static @Nullable String control(FrameReader frame) {
        return !frame.fin()
                ? "Fragmented control frame"
                : frame.length() > FrameWriter.CONTROL_BYTES_MAX
                        ? "Control frame of " + frame.length() + " bytes"
                        : null;
    }

    private @Nullable String data(FrameReader frame) {
        boolean continues = frame.opcode() == Opcode.CONTINUATION;
        boolean underWay = message != Opcode.CONTINUATION;
        return continues == underWay
                ? null
                : continues ? "Continuation of no message" : "Received new message frame while still fragmenting";
    }

    private void begin(FrameReader frame) {
        textBytesSeen = 0;
        if (frame.opcode() != Opcode.CONTINUATION) {
            message = frame.opcode();
            text = new Utf8Checker();
        }
    }

    /** What is wrong with as much of the payload as has arrived (section 8.1), or null; to be asked again while more arrives. */
    WebSocketMessage.@Nullable Broken judgePayload(FrameReader frame, ByteBuf in) {
        if (Opcode.isControl(frame.opcode())) {
            return null;
        }
        int arrived = (int) Math.min(frame.length(), in.readableBytes());
        boolean whole = arrived == frame.length();
        boolean right = true;
        if (message == Opcode.TEXT) {
            right = text.accepts(in, in.readerIndex() + textBytesSeen, in.readerIndex() + arrived)
                    && (text.isComplete() || !whole || !frame.fin());
            textBytesSeen = arrived;
        }
        if (whole && frame.fin()) {
            message = Opcode.CONTINUATION;
        }
        return right ? null : broken("Text is not UTF-8", NOT_UTF_8);
    }

    /** What is wrong with the body of a close frame (sections 5.5.1 and 7.4), or null. */
    static WebSocketMessage.@Nullable Broken judgeClose(ByteBuf body) {
        int start = body.readerIndex();
        if (body.readableBytes() == 0) {
            return null;
        }
        if (body.readableBytes() == 1 || !mayBeSent(body.getUnsignedShort(start))) {
            return broken("Close frame without a proper code", PROTOCOL_ERROR);
        }
        Utf8Checker reason = new Utf8Checker();
        boolean right = reason.accepts(body, start + 2, body.writerIndex()) && reason.isComplete();
        return right ? null : broken("Reason of the close frame is not UTF-8", NOT_UTF_8);
    }

    private static WebSocketMessage.Broken broken(String what, int closeCode) {
        return new WebSocketMessage.Broken(what + ", connection given up", closeCode);
    }

    /** 1004 to 1006 and 1015 never stand in a frame; 1012 to 1014 were registered with IANA after the RFC; 3000 and up are free. */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
