package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes the one request of a connection, has it judged, and carries the decision out. */
public final class UpgradeHandler extends ChannelInboundHandlerAdapter {
    private final HandshakeGuard handshake;
    private final HandshakeRules rules;
    private final BooleanSupplier stopping;
    private final Upgrades upgrades;
    private @Nullable Decision decision;

    public UpgradeHandler(HandshakeGuard handshake, HandshakeRules rules, BooleanSupplier stopping, Upgrades upgrades) {
        this.handshake = handshake;
        this.rules = rules;
        this.stopping = stopping;
        this.upgrades = upgrades;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (handshake.decided()) {
                return;
            }
            if (message instanceof HttpRequest request) {
                decision = judge(request);
                refuseNow(ctx);
            } else if (message instanceof LastHttpContent) {
                carryOut(ctx);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        handshake.refuse(ctx, RefusalReason.EOF);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || handshake.decided()) {
            ctx.fireExceptionCaught(cause);
        } else {
            handshake.refuse(
                    ctx,
                    RefusalReason.INTERNAL_ERROR,
                    cause.toString(),
                    rules.failed(handshake.connection().now()));
        }
    }

    private Decision judge(HttpRequest request) {
        handshake.connection().fault(FaultAction.ThrowBeforeResponse.class).ifPresent(fault -> {
            handshake.connection().applied(fault);
            throw new IllegalStateException("thrown by a fault of the scenario");
        });
        if (stopping.getAsBoolean()) {
            return rules.stopping(handshake.connection().now());
        }
        DecoderResult parsed = request.decoderResult();
        if (parsed.isFailure()) {
            boolean tooLong = parsed.cause() instanceof TooLongFrameException;
            return rules.checker()
                    .unreadable(tooLong ? RefusalReason.HEADER_TOO_LARGE : RefusalReason.MALFORMED_REQUEST);
        }
        return rules.checker()
                .check(
                        request,
                        handshake.sourceRefusal(),
                        handshake.banLeft(),
                        handshake.connection().now());
    }

    /** A refusal does not wait for a body that may never come. */
    private void refuseNow(ChannelHandlerContext ctx) {
        if (decision instanceof Decision.Refuse refusal) {
            handshake.refuse(ctx, refusal.reason(), refusal.detail(), refusal.answer());
        }
    }

    private void carryOut(ChannelHandlerContext ctx) {
        if (decision instanceof Decision.Accept accepted && handshake.decide()) {
            answer(ctx, accepted.key(), () -> upgrades.upgraded(ctx, handshake.connection(), accepted.identity()));
        } else if (decision instanceof Decision.Dismiss dismissed && handshake.decide()) {
            answer(ctx, dismissed.key(), () -> {
                handshake.refusedLate(dismissed.reason(), 101);
                upgrades.dismissed(ctx, handshake.connection(), dismissed.identity(), dismissed.text());
            });
        }
    }

    private void answer(ChannelHandlerContext ctx, String key, Runnable upgraded) {
        Connection connection = handshake.connection();
        new UpgradeAnswer(ctx, connection).send(key, rules.switching(key, connection.now()), () -> {
            upgraded.run();
            ctx.pipeline().remove(this);
            // Last: what the client sent right behind its request flows to the frame decoder now.
            ctx.pipeline().remove(PipelineSlots.HTTP_DECODER);
        });
    }
}
