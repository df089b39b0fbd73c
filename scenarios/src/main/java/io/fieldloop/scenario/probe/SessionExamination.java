package io.fieldloop.scenario.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fieldloop.device.conversation.HelloMessage;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.scenario.probe.finding.SessionFinding;
import io.fieldloop.scenario.probe.wire.Connector;
import io.fieldloop.scenario.probe.wire.Frame;
import io.fieldloop.scenario.probe.wire.FrameStream;
import io.fieldloop.scenario.report.text.VisibleText;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says hello as a device does and pings once, then listens to a session in which nobody speaks. */
final class SessionExamination {
    private static final int SHOWN_CHARACTERS = 400;
    private static final int RSV1 = 0x40;
    /** How a remark ends on what RFC 6455 forbids and the firmware lets pass. */
    static final String STRICT = "; the firmware does not look, but clients that keep to RFC 6455 hang up.";

    private final Connector connector;
    private final UpgradeExchange exchange;
    private final Duration watch;
    private final FrameStream frames;
    private final List<Duration> pings = new ArrayList<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private @Nullable String hello;
    private @Nullable Duration helloAfter;
    private @Nullable Duration pongAfter;
    private @Nullable String fault = "no hello came within " + Connector.LIMIT.toSeconds() + " s";
    private @Nullable String ended;

    /**
     * @param exchange switched, and to end by itself when no hello came
     * @param watch how long to listen after a hello
     */
    SessionExamination(Connector connector, UpgradeExchange exchange, Duration watch) {
        this.connector = connector;
        this.exchange = exchange;
        this.watch = watch;
        this.frames = exchange.frames();
    }

    SessionFinding examine() {
        long began = connector.nanos();
        try {
            exchange.connection().send(connector.frames().text(HelloMessage.of(1, "websocket")));
            for (Frame next = frames.next(); next != null; next = frames.next()) {
                take(next, connector.since(began));
                if (next.opcode() == Frame.CLOSE) {
                    break;
                }
            }
        } catch (ProtocolException e) {
            ended = exchange.connection().fate(e);
        } catch (IOException e) {
            // Over time, or reset; told below.
        }
        Duration watched = connector.since(began);
        if (ended == null && !exchange.connection().limit().isOver()) {
            ended = "it closed the connection without a close frame after " + SessionFinding.inWords(watched);
        }
        if (ended == null
                && helloAfter != null
                && pongAfter == null
                && watched.minus(helloAfter).compareTo(Duration.ofSeconds(1)) > 0) {
            remarks.add(
                    "It answers no ping; esp_websocket_client, which pings every 10 s, takes it for dead after 120 s.");
        }
        return new SessionFinding(
                hello, helloAfter, fault, watched, pings, longestGap(), pongAfter, List.copyOf(remarks), ended);
    }

    private void take(Frame frame, Duration after) throws IOException {
        remark(frame);
        if (frame.opcode() == Frame.PING) {
            pings.add(after);
            exchange.connection().send(connector.frames().pong(frame.echo()));
        } else if (frame.opcode() == Frame.PONG && helloAfter != null && pongAfter == null) {
            pongAfter = after.minus(helloAfter);
        } else if (frame.opcode() == Frame.CLOSE) {
            ended = "it closed with " + frame.closeCode() + " after " + SessionFinding.inWords(after);
        } else if (frame.opcode() == Frame.TEXT && hello == null) {
            text(frame.text(), after);
        }
    }

    /** What a strict client would have hung up for. */
    private void remark(Frame frame) {
        if (frame.reserved() == RSV1) {
            remarks.add("It sends frames with RSV1, as if compression had been agreed on" + STRICT);
        } else if (frame.reserved() != 0) {
            remarks.add("It sends frames with reserved bits" + STRICT);
        }
        if (frame.masked()) {
            remarks.add("It masks its frames, which only clients do" + STRICT);
        }
        if (frame.isControl() && !frame.fin()) {
            remarks.add((frame.opcode() == Frame.CLOSE ? "It sends a close frame" : "It sends a ping or pong")
                    + " without FIN" + STRICT);
        }
        if (frame.isTooLong()) {
            remarks.add("It sends a control frame of " + frame.payload().readableBytes()
                    + " bytes, where 125 are the most" + STRICT);
        }
    }

    private void text(String text, Duration after) throws IOException {
        JsonMessage message = JsonMessage.parse(text);
        String shown = VisibleText.line(text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS)));
        if (message == null) {
            fault = "it sent '" + shown + "', which is no message of the protocol";
        } else if (message.type().equals("hello")) {
            hello = shown;
            helloAfter = after;
            ServerHello parsed = ServerHello.of(message.body());
            fault = "websocket".equals(parsed.transport())
                    ? null
                    : "its hello names the transport " + parsed.transport() + ", and devices want websocket";
            // Where nothing is to be watched the connection is gone before the ping is sent.
            exchange.connection().limit().restart(watch);
            exchange.connection().send(connector.frames().ping(Unpooled.copiedBuffer("fieldloop", US_ASCII)));
        }
    }

    /** From hello to the first ping counts, too: that is how long a NAT must remember. */
    private @Nullable Duration longestGap() {
        Duration longest = null;
        Duration before = helloAfter == null ? Duration.ZERO : helloAfter;
        for (Duration ping : pings) {
            Duration gap = ping.minus(before);
            longest = longest == null || gap.compareTo(longest) > 0 ? gap : longest;
            before = ping;
        }
        return longest;
    }
}
