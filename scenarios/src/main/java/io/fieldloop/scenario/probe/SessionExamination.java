package io.fieldloop.scenario.probe;

import io.fieldloop.device.conversation.HelloMessage;
import io.fieldloop.device.conversation.JsonMessage;
import io.fieldloop.device.conversation.ServerHello;
import io.fieldloop.scenario.report.text.VisibleText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a hello as a device does, then watches an idle session. */
final class SessionExamination {
    private static final int SHOWN_CHARACTERS = 400;

    private final Connector connector;
    private final UpgradeExchange exchange;
    private final Duration watch;
    private final FrameStream frames;
    private final List<Duration> pings = new ArrayList<>();
    private @Nullable String hello;
    private @Nullable Duration helloAfter;
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
            exchange.connection().send(Frame.text(HelloMessage.of(1, "websocket"), connector.random()));
            for (Frame next = frames.next(); next != null; next = frames.next()) {
                take(next, connector.since(began));
                if (next.opcode() == Frame.CLOSE) {
                    break;
                }
            }
        } catch (IOException e) {
            // Over time, or reset; told below.
        }
        Duration watched = connector.since(began);
        if (ended == null && !exchange.connection().limit().isOver()) {
            ended = "it closed the connection without a close frame after " + watched.toSeconds() + " s";
        }
        return new SessionFinding(hello, helloAfter, fault, watched, pings, longestGap(), ended);
    }

    private void take(Frame frame, Duration after) throws IOException {
        if (frame.opcode() == Frame.PING) {
            pings.add(after);
            exchange.connection().send(frame.pong(connector.random()));
        } else if (frame.opcode() == Frame.CLOSE) {
            ended = "it closed with " + frame.closeCode() + " after " + after.toSeconds() + " s";
        } else if (frame.opcode() == Frame.TEXT && hello == null) {
            text(frame.text(), after);
        }
    }

    private void text(String text, Duration after) {
        JsonMessage message = JsonMessage.parse(text);
        String shown = VisibleText.line(text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS)));
        if (message == null) {
            fault = "it sent '" + shown + "', which is no message of the protocol";
        } else if (message.type().equals("hello")) {
            hello = shown;
            helloAfter = after;
            exchange.connection().limit().restart(watch);
            ServerHello parsed = ServerHello.of(message.body());
            fault = "websocket".equals(parsed.transport())
                    ? null
                    : "its hello names the transport " + parsed.transport() + ", and devices want websocket";
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
