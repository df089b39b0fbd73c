package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.fault.FaultTable;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.http.HttpAnswer;
import io.fieldloop.server.http.HttpAnswer.Header;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends the answer to an accepted upgrade, bent by whatever faults apply; without one, it is one write of the right bytes. */
final class UpgradeAnswer {
    private static final String WRONG_ACCEPT = HandshakeRules.accept("not the key that was sent");
    private static final Pattern PADDING = Pattern.compile("\\{pad:(\\d{1,5})}");
    private static final Pattern SWITCHING =
            Pattern.compile("(?s)(?:HTTP/\\d\\.\\d 10[0234]\\b.*?\r\n\r\n)*HTTP/\\d\\.\\d 101\\b");

    private static final FaultTable<UpgradeAnswer, UpgradeFault> BENDS = new FaultTable<UpgradeAnswer, UpgradeFault>(
                    UpgradeFault.class)
            .on(UpgradeFault.StallResponse.class, (answer, fault) -> answer.instead = () -> {})
            .on(UpgradeFault.CloseBeforeResponse.class, (answer, fault) -> answer.instead = answer.ctx::close)
            .on(UpgradeFault.ResetBeforeResponse.class, (answer, fault) -> answer.instead = answer.connection::reset)
            // Thrown where the request was judged, so that what stands here is never reached.
            .on(UpgradeFault.ThrowBeforeResponse.class, (answer, fault) -> answer.instead = () -> {})
            .on(
                    UpgradeFault.AnswerStatus.class,
                    (answer, fault) -> answer.refuse(page(fault.status(), fault.body() == null ? "" : fault.body())))
            .on(
                    UpgradeFault.Redirect.class,
                    (answer, fault) -> answer.refuse(page(fault.status(), "").with("Location", fault.to())))
            .on(UpgradeFault.DropUpgradeHeaders.class, (answer, fault) -> answer.refuse(page(200, "OK\n")))
            .on(UpgradeFault.RawResponse.class, (answer, fault) -> answer.raw = fault.text())
            .on(
                    UpgradeFault.OmitAccept.class,
                    (answer, fault) -> answer.bend(header -> isAccept(header) ? null : header))
            .on(
                    UpgradeFault.WrongAccept.class,
                    (answer, fault) ->
                            answer.bend(header -> isAccept(header) ? new Header(header.name(), WRONG_ACCEPT) : header))
            .on(
                    UpgradeFault.HeaderCase.class,
                    (answer, fault) ->
                            answer.bend(header -> new Header(inStyle(header.name(), fault.style()), header.value())))
            .on(UpgradeFault.AnswerHttp10.class, (answer, fault) -> answer.answer = answer.answer.inHttp10())
            .on(UpgradeFault.SplitResponse.class, (answer, fault) -> answer.split = fault)
            .on(UpgradeFault.DelayResponse.class, (answer, fault) -> answer.delay = fault.by())
            .on(UpgradeFault.FirstFrameWithResponse.class, (answer, fault) -> answer.firstFrameWithIt = true)
            .complete();

    private final ChannelHandlerContext ctx;
    private final Connection connection;
    private HttpAnswer answer;
    private boolean refused;
    private @Nullable String raw;
    private @Nullable Runnable instead;
    private UpgradeFault.@Nullable SplitResponse split;
    private Duration delay = Duration.ZERO;
    private boolean firstFrameWithIt;

    /** @param switching the 101 that goes out where no fault bends it */
    UpgradeAnswer(ChannelHandlerContext ctx, Connection connection, HttpAnswer switching) {
        this.ctx = ctx;
        this.connection = connection;
        this.answer = switching;
    }

    /** Runs {@code upgraded} once the last byte of a 101 is written; never, if a fault puts something else in its place. */
    void send(String key, Runnable upgraded) {
        for (UpgradeFault fault : connection.faults(UpgradeFault.class)) {
            connection.applied(fault);
            BENDS.act(this, fault);
        }
        if (delay.isZero()) {
            sendNow(key, upgraded);
        } else {
            after(delay, () -> sendNow(key, upgraded));
        }
    }

    private void sendNow(String key, Runnable upgraded) {
        if (instead != null) {
            instead.run();
            return;
        }
        String text = raw == null ? answer.text() : padded(raw.replace("{accept}", HandshakeRules.accept(key)));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        deliver(bytes, !refused && statusIs101(text) ? upgraded : null);
    }

    private void refuse(HttpAnswer refusal) {
        answer = refusal;
        refused = true;
    }

    private void bend(Function<Header, @Nullable Header> change) {
        List<Header> headers = new ArrayList<>();
        for (Header header : answer.headers()) {
            Header changed = change.apply(header);
            if (changed != null) {
                headers.add(changed);
            }
        }
        answer = new HttpAnswer(answer.statusLine(), headers, answer.body());
    }

    /** A line of thousands of letters is nothing to write into a scenario file. */
    private static String padded(String text) {
        return PADDING.matcher(text).replaceAll(mark -> "x".repeat(Integer.parseInt(mark.group(1))));
    }

    /** Delivers the answer whole or in pieces; a null {@code upgraded} closes behind it. */
    private void deliver(byte[] bytes, @Nullable Runnable upgraded) {
        if (split != null) {
            deliverFrom(bytes, 0, split, upgraded);
            return;
        }
        if (firstFrameWithIt) {
            ctx.pipeline().addBefore(PipelineSlots.HTTP_DECODER, null, new MergedFirstWrite());
        }
        deliverLast(bytes, upgraded);
    }

    private void deliverFrom(byte[] bytes, int from, UpgradeFault.SplitResponse split, @Nullable Runnable upgraded) {
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
        return header.name().equalsIgnoreCase("Sec-WebSocket-Accept");
    }

    private static String inStyle(String name, UpgradeFault.HeaderCase.Style style) {
        return switch (style) {
            case LOWER -> name.toLowerCase(Locale.ROOT);
            case UPPER -> name.toUpperCase(Locale.ROOT);
            case SEC_WEBSOCKET_LOWER -> name.replace("WebSocket", "Websocket");
            case CANONICAL -> name;
        };
    }
}
