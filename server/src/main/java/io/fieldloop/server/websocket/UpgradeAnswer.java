package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.FaultAction.UpgradeFault;
import io.fieldloop.server.websocket.HttpAnswer.Header;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends the answer to an accepted upgrade, bent by whatever faults apply; without one, it is one write of the right bytes. */
final class UpgradeAnswer {
    private static final Pattern PADDING = Pattern.compile("\\{pad:(\\d{1,5})}");
    private static final Pattern SWITCHING =
            Pattern.compile("(?s)(?:HTTP/\\d\\.\\d 10[0234]\\b.*?\r\n\r\n)*HTTP/\\d\\.\\d 101\\b");

    private final ChannelHandlerContext ctx;
    private final Connection connection;
    private final List<UpgradeFault> faults;

    UpgradeAnswer(ChannelHandlerContext ctx, Connection connection) {
        this.ctx = ctx;
        this.connection = connection;
        this.faults = connection.faults(UpgradeFault.class);
    }

    /** Runs {@code upgraded} once the last byte of a 101 is written; never, if a fault puts something else in its place. */
    void send(String key, HttpAnswer switching, Runnable upgraded) {
        if (endsHere()) {
            return;
        }
        HttpAnswer refusal = refusalInstead();
        String text = refusal != null ? refusal.text() : bent(switching, HandshakeRules.accept(key));
        Runnable then = refusal == null && statusIs101(text) ? upgraded : null;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Optional<FaultAction.DelayResponse> delay = applied(FaultAction.DelayResponse.class);
        if (delay.isPresent()) {
            after(delay.get().by(), () -> deliver(bytes, then));
        } else {
            deliver(bytes, then);
        }
    }

    private boolean endsHere() {
        if (applied(FaultAction.StallResponse.class).isPresent()) {
            return true;
        }
        if (applied(FaultAction.CloseBeforeResponse.class).isPresent()) {
            ctx.close();
            return true;
        }
        if (applied(FaultAction.ResetBeforeResponse.class).isPresent()) {
            connection.reset();
            return true;
        }
        return false;
    }

    private @Nullable HttpAnswer refusalInstead() {
        Optional<FaultAction.AnswerStatus> status = applied(FaultAction.AnswerStatus.class);
        if (status.isPresent()) {
            String body = status.get().body();
            return page(status.get().status(), body == null ? "" : body);
        }
        Optional<FaultAction.Redirect> redirect = applied(FaultAction.Redirect.class);
        if (redirect.isPresent()) {
            return page(redirect.get().status(), "")
                    .with("Location", redirect.get().to());
        }
        return applied(FaultAction.DropUpgradeHeaders.class).isPresent() ? page(200, "OK\n") : null;
    }

    private String bent(HttpAnswer switching, String accept) {
        Optional<FaultAction.RawResponse> raw = applied(FaultAction.RawResponse.class);
        if (raw.isPresent()) {
            return padded(raw.get().text().replace("{accept}", accept));
        }
        List<Header> headers = switching.headers();
        if (applied(FaultAction.OmitAccept.class).isPresent()) {
            headers = headers.stream().filter(header -> !isAccept(header)).toList();
        }
        if (applied(FaultAction.WrongAccept.class).isPresent()) {
            String wrong = HandshakeRules.accept("not the key that was sent");
            headers = headers.stream()
                    .map(header -> isAccept(header) ? new Header(header.name(), wrong) : header)
                    .toList();
        }
        Optional<FaultAction.HeaderCase> style = applied(FaultAction.HeaderCase.class);
        if (style.isPresent()) {
            headers = headers.stream()
                    .map(header -> new Header(inStyle(header.name(), style.get().style()), header.value()))
                    .toList();
        }
        boolean http10 = applied(FaultAction.AnswerHttp10.class).isPresent();
        String statusLine = http10 ? switching.statusLine().replace("HTTP/1.1", "HTTP/1.0") : switching.statusLine();
        return new HttpAnswer(statusLine, headers, switching.body()).text();
    }

    /** A line of thousands of letters is nothing to write into a scenario file. */
    private static String padded(String text) {
        return PADDING.matcher(text).replaceAll(mark -> "x".repeat(Integer.parseInt(mark.group(1))));
    }

    /** Delivers the answer whole or in pieces; a null {@code upgraded} closes behind it. */
    private void deliver(byte[] bytes, @Nullable Runnable upgraded) {
        Optional<FaultAction.SplitResponse> split = applied(FaultAction.SplitResponse.class);
        if (split.isPresent()) {
            deliverFrom(bytes, 0, split.get(), upgraded);
        } else {
            applied(FaultAction.FirstFrameWithResponse.class)
                    .ifPresent(fault ->
                            ctx.pipeline().addBefore(PipelineSlots.HTTP_DECODER, null, new MergedFirstWrite()));
            deliverLast(bytes, upgraded);
        }
    }

    private void deliverFrom(byte[] bytes, int from, FaultAction.SplitResponse split, @Nullable Runnable upgraded) {
        int to = Math.min(bytes.length, from + Math.max(1, split.bytes()));
        byte[] piece = Arrays.copyOfRange(bytes, from, to);
        if (to == bytes.length) {
            deliverLast(piece, upgraded);
        } else {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(piece));
            after(split.every(), () -> deliverFrom(bytes, to, split, upgraded));
        }
    }

    private void deliverLast(byte[] bytes, @Nullable Runnable upgraded) {
        if (upgraded == null) {
            ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes))
                    .addListener(written -> LingeringClose.close(ctx, connection.secured()));
            return;
        }
        ctx.write(Unpooled.wrappedBuffer(bytes));
        // Flushed after the session is in place, because its first frame may have to share the segment.
        upgraded.run();
        ctx.flush();
    }

    /** The client may be gone when the time has come, and what a timer throws would vanish in its future. */
    private void after(Duration delay, Runnable action) {
        Runnable guarded = () -> {
            try {
                if (ctx.channel().isActive()) {
                    action.run();
                }
            } catch (RuntimeException e) {
                ctx.pipeline().fireExceptionCaught(e);
            }
        };
        ctx.executor().schedule(guarded, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private <T extends UpgradeFault> Optional<T> applied(Class<T> type) {
        Optional<T> fault =
                faults.stream().filter(type::isInstance).map(type::cast).findFirst();
        fault.ifPresent(connection::applied);
        return fault;
    }

    private static HttpAnswer page(int status, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return HttpAnswer.of(
                status,
                List.of(
                        new Header("Content-Type", "text/plain"),
                        new Header("Content-Length", Integer.toString(length)),
                        new Header("Connection", "close")),
                body);
    }

    /** Whatever stands before the 101 must be whole interim answers (RFC 9110 15.2). */
    private static boolean statusIs101(String text) {
        return SWITCHING.matcher(text).lookingAt();
    }

    private static boolean isAccept(Header header) {
        return header.name().equals("Sec-WebSocket-Accept");
    }

    private static String inStyle(String name, FaultAction.HeaderCase.Style style) {
        return switch (style) {
            case LOWER -> name.toLowerCase(Locale.ROOT);
            case UPPER -> name.toUpperCase(Locale.ROOT);
            case SEC_WEBSOCKET_LOWER -> name.replace("WebSocket", "Websocket");
            case CANONICAL -> name;
        };
    }
}
