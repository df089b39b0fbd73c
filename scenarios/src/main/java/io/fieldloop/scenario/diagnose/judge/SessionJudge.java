package io.fieldloop.scenario.diagnose.judge;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.profile.Dialect;
import io.fieldloop.scenario.diagnose.Cause;
import io.fieldloop.scenario.diagnose.Evidence;
import io.fieldloop.scenario.diagnose.tcp.Moment;
import io.fieldloop.scenario.diagnose.tls.TlsConversation;
import io.fieldloop.scenario.diagnose.websocket.Frame;
import io.fieldloop.scenario.diagnose.websocket.WebSocketConversation;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a WebSocket that was open: whether the hello came, and how it ended. */
final class SessionJudge {
    private static final double PONG_SECONDS = 100;
    private static final double CHANNEL_IDLE_SECONDS = 115;
    private static final double IDLE_SECONDS = 5;
    private static final double ANSWER_SECONDS = 3;
    private static final double AT_ONCE_SECONDS = 0.5;
    private static final double STALLED_SECONDS = 3;

    /** Of xiaozhi-esp32 (protocol reference 1.4). */
    private static final double HELLO_SECONDS = 10;

    private static final int SMALL_RECORD_BYTES = 4096;

    /** Codes that say that the other end broke the protocol (RFC 6455 section 7.4.1). */
    private static final Set<Integer> ERRORS = Set.of(1002, 1003, 1007, 1009);

    private final Scene scene;
    private final WebSocketConversation webSocket;
    private final Dialect client;

    SessionJudge(Scene scene, WebSocketConversation webSocket, Dialect client) {
        this.scene = scene;
        this.webSocket = webSocket;
        this.client = client;
    }

    /** Why it ended, or null where it did not, or the device ended it in good order. */
    @Nullable
    Cause judge() {
        Frame hello = webSocket.clientHello();
        Frame answer = webSocket.serverHello();
        if (hello != null && answer == null) {
            return withoutHello(hello);
        }
        if (hello != null
                && answer != null
                && client.isXiaozhi()
                && answer.at().secondsSince(hello.at()) > HELLO_SECONDS) {
            return Scene.certain(
                    FailureReason.HELLO_TIMEOUT,
                    scene.see(hello.at(), "client: hello", "the firmware waits ten seconds for the server's"),
                    scene.see(
                            answer.at(),
                            "server: hello",
                            "after " + Scene.seconds(answer.at().secondsSince(hello.at()))));
        }
        Cause refused = refusedFrame();
        if (refused != null) {
            return refused;
        }
        Frame close = webSocket.serverClose();
        if (close != null && isBeforeClientEnd(close.at())) {
            return closed(close);
        }
        if (scene.isEndedByServer() && isBeforeClientEnd(Objects.requireNonNull(scene.serverEnd()))) {
            return endedByServer();
        }
        return scene.clientEnd() == null ? null : endedByClient();
    }

    /** Who sends the first close frame ends the session; that the server's FIN then comes first is its duty (RFC 6455 section 7.1.1). */
    private boolean isBeforeClientEnd(Moment at) {
        Frame clientClose = webSocket.clientClose();
        return clientClose == null || at.compareTo(clientClose.at()) < 0;
    }

    private @Nullable Cause withoutHello(Frame hello) {
        Frame other = webSocket.unsupportedHello();
        if (other != null && client == Dialect.RFC_6455) {
            return Scene.certain(
                    FailureReason.UNSUPPORTED_TRANSPORT,
                    scene.see(other.at(), "server: " + other.text(), "its transport is " + webSocket.transport(other)));
        }
        boolean over = scene.isPatienceOver()
                || scene.isLeftWaiting()
                || scene.isEndedByServer()
                || webSocket.serverClose() != null
                || scene.isEndedByClient();
        if (!over) {
            return null;
        }
        Evidence asked = scene.see(hello.at(), "client: hello", "the server's hello did not follow");
        Frame last = webSocket.lastOfServer();
        return last == null
                ? Scene.certain(FailureReason.HELLO_TIMEOUT, asked, end())
                : Scene.certain(
                        FailureReason.HELLO_TIMEOUT,
                        asked,
                        scene.see(last.at(), "server: " + words(last), "the last it said"),
                        end());
    }

    private Evidence end() {
        Moment serverEnd = scene.serverEnd();
        return serverEnd != null && scene.isEndedByServer() ? scene.serverEnding(serverEnd) : scene.ending();
    }

    private static String words(Frame frame) {
        return switch (frame.opcode()) {
            case Frame.TEXT -> frame.text();
            case Frame.CLOSE -> "close frame with code " + frame.closeCode();
            default -> "a frame with opcode " + frame.opcode();
        };
    }

    private Cause closed(Frame close) {
        return Scene.certain(
                FailureReason.CLOSED_BY_SERVER,
                scene.see(close.at(), "server: close frame with code " + close.closeCode(), closeText(close)));
    }

    private static String closeText(Frame close) {
        return close.closeText().isEmpty() ? "" : "it says " + close.closeText();
    }

    private Cause endedByServer() {
        Moment end = Objects.requireNonNull(scene.serverEnd());
        Evidence ending = scene.serverEnding(end);
        FailureReason reason = scene.isReset() ? FailureReason.CONNECTION_LOST : FailureReason.CLOSED_BY_SERVER;
        Evidence silence = silence(end);
        return silence == null ? Scene.certain(reason, ending) : Scene.certain(reason, silence, ending);
    }

    /** What a long silence before the end tells, or null where there was none. */
    private @Nullable Evidence silence(Moment end) {
        Moment after = scene.tcp().afterSilence();
        double idle = scene.tcp().longestSilenceNanos() / 1e9;
        if (after == null || idle < IDLE_SECONDS || end.secondsSince(after) > ANSWER_SECONDS) {
            return null;
        }
        String silent = Scene.seconds(idle) + " of silence";
        return scene.tcp().isSilenceEndedByClient()
                ? scene.see(
                        after,
                        "client: speaks after " + silent,
                        "and only then the end came: something on the way had"
                                + " forgotten the connection (NAT, firewall), and a ping more often than every "
                                + (long) idle
                                + " s would have kept it")
                : scene.see(
                        after,
                        "server: ends after " + silent,
                        "a limit on silence ran out there, such as"
                                + " proxy_read_timeout; a ping more often than every " + (long) idle
                                + " s stays below it");
    }

    /** A capture that has no acknowledgements at all says nothing about them. */
    private boolean isUnacknowledged() {
        return scene.server().pureAcknowledgements() > 0
                && scene.client().passage().repeated() > 1
                && !scene.client().isAcknowledged();
    }

    /** What the server sent last, and the client hung up at once, with the code of a broken frame or without a word. */
    private @Nullable Cause refusedFrame() {
        Moment end = scene.clientEnd();
        Frame clientClose = webSocket.clientClose();
        Moment hungUp = clientClose == null ? end : clientClose.at();
        if (hungUp == null || (clientClose != null && !isRefusal(clientClose))) {
            return null;
        }
        Moment unfinished = webSocket.unfinishedAt();
        Frame defect = webSocket.defect();
        Frame last = webSocket.lastOfServer();
        Evidence hangsUp = scene.see(
                hungUp,
                "client: " + (clientClose == null ? "hangs up" : "close frame with code " + clientClose.closeCode()),
                "");
        if (unfinished != null && isAtOnce(unfinished, hungUp)) {
            return Scene.certain(
                    FailureReason.CONNECTION_LOST,
                    scene.see(
                            unfinished,
                            "server: a frame",
                            "of " + Long.toUnsignedString(webSocket.unfinishedBytes())
                                    + " bytes, more than the client takes"),
                    hangsUp);
        } else if (defect != null && isAtOnce(defect.at(), hungUp)) {
            return Scene.certain(
                    FailureReason.CONNECTION_LOST,
                    scene.see(defect.at(), "server: a frame with opcode " + defect.opcode(), "it " + defect.defect()),
                    hangsUp);
        } else if (clientClose != null && last != null && isAtOnce(last.at(), hungUp)) {
            return Scene.certain(
                    FailureReason.CONNECTION_LOST,
                    scene.see(last.at(), "server: " + words(last), "the client refuses it"),
                    hangsUp);
        }
        return largeRecord(hungUp, hangsUp);
    }

    /** A code that the client chose itself, and not one that it echoes. */
    private boolean isRefusal(Frame clientClose) {
        Frame serverClose = webSocket.serverClose();
        int code = clientClose.closeCode();
        return ERRORS.contains(code) && (serverClose == null || serverClose.closeCode() != code);
    }

    private @Nullable Cause largeRecord(Moment hungUp, Evidence hangsUp) {
        TlsConversation tls = scene.said().tls();
        Moment last = scene.server().lastBytes();
        return tls != null
                        && last != null
                        && isAtOnce(last, hungUp)
                        && tls.server().largestProtected() > SMALL_RECORD_BYTES
                ? Scene.likely(
                        FailureReason.CONNECTION_LOST,
                        "the device's console: -0x7200 is a record longer than its buffer (MBEDTLS_SSL_IN_CONTENT_LEN)",
                        scene.see(
                                last,
                                "server: a record of " + tls.server().largestProtected() + " bytes",
                                "more than a device with 4 KiB of receive buffer takes"),
                        hangsUp)
                : null;
    }

    private static boolean isAtOnce(Moment what, Moment then) {
        return then.compareTo(what) > 0 && then.secondsSince(what) < AT_ONCE_SECONDS;
    }

    private @Nullable Cause endedByClient() {
        Moment end = Objects.requireNonNull(scene.clientEnd());
        Frame ping = webSocket.unansweredPing();
        if (ping != null && end.secondsSince(ping.at()) >= PONG_SECONDS) {
            return Scene.certain(
                    FailureReason.PONG_TIMEOUT,
                    scene.see(ping.at(), "client: ping", "neither it nor a later one was answered"),
                    scene.ending());
        }
        Moment full = scene.server().closedSince();
        if (full != null && end.secondsSince(full) >= STALLED_SECONDS) {
            return Scene.likely(
                    FailureReason.WRITE_TIMEOUT,
                    "what the program on the server waits for, since it does not read",
                    scene.see(full, "server: window 0", "it had no room for more, and had none again"),
                    scene.ending());
        }
        if (isUnacknowledged()) {
            Moment repeat = Objects.requireNonNullElse(scene.client().passage().lastRepeat(), end);
            return Scene.likely(
                    FailureReason.WRITE_TIMEOUT,
                    "a capture at the server's end: what arrives there says on which side of it the loss is",
                    scene.see(repeat, "client: sends again", "and no acknowledgement came"),
                    scene.ending());
        }
        Frame last = webSocket.lastMessage();
        if (last != null && end.secondsSince(last.at()) >= CHANNEL_IDLE_SECONDS) {
            return Scene.possible(
                    FailureReason.CHANNEL_TIMEOUT,
                    "the device's console says Channel timeout; without that line it was its user who ended it",
                    scene.see(last.at(), "server: " + words(last), "the last it said"),
                    scene.ending());
        }
        return null;
    }
}
