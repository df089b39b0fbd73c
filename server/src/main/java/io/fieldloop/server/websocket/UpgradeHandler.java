package io.fieldloop.server.websocket;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.UpgradeFault;
import io.fieldloop.server.http.ForwardedSource;
import io.fieldloop.server.session.DeviceIdentity;
import io.fieldloop.server.session.SessionRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes the one request of a connection, has it judged, and carries the decision out. */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {
    private final HandshakeGuard handshake;
    private final HandshakeRules rules;
    private final SessionRegistry sessions;
    private @Nullable Decision decision;

    UpgradeHandler(HandshakeGuard handshake, HandshakeRules rules, SessionRegistry sessions) {
        this.handshake = handshake;
        this.rules = rules;
        this.sessions = sessions;
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
        handshake.connection().identified(new UpgradeRequest(request).identity().deviceId());
        handshake.connection().fault(UpgradeFault.ThrowBeforeResponse.class).ifPresent(fault -> {
            handshake.connection().applied(fault);
            throw new IllegalStateException("thrown by a fault of the scenario");
        });
        if (sessions.stopping()) {
            return rules.stopping(handshake.connection().now());
        }
        DecoderResult parsed = request.decoderResult();
        if (parsed.isFailure()) {
            boolean tooLong = parsed.cause() instanceof TooLongFrameException;
            return rules.checker()
                    .unreadable(tooLong ? RefusalReason.HEADER_TOO_LARGE : RefusalReason.MALFORMED_REQUEST);
        }
        ForwardedSource.settle(handshake, request.headers());
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
            answer(ctx, accepted.key(), () -> link(ctx, accepted.identity()).begin());
        } else if (decision instanceof Decision.Dismiss dismissed && handshake.decide()) {
            answer(ctx, dismissed.key(), () -> dismiss(ctx, dismissed));
        }
    }

    private void dismiss(ChannelHandlerContext ctx, Decision.Dismiss dismissed) {
        handshake.connection().refused(dismissed.reason(), null, 101, null);
        boolean nameless = dismissed.identity().deviceId() == null;
        link(ctx, dismissed.identity())
                .session()
                .dismiss(
                        dismissed.text(), nameless ? CloseReason.DEVICE_ID_MISSING : CloseReason.AUTHENTICATION_FAILED);
    }

    private WebSocketLink link(ChannelHandlerContext ctx, DeviceIdentity identity) {
        return WebSocketLink.install(ctx, handshake.connection(), identity, sessions);
    }

    private void answer(ChannelHandlerContext ctx, String key, Runnable upgraded) {
        Connection connection = handshake.connection();
        new UpgradeAnswer(ctx, connection, rules.switching(key, connection.now())).send(key, () -> {
            upgraded.run();
            ctx.pipeline().remove(this);
            // Last: what the client sent right behind its request flows to the frame decoder now.
            ctx.pipeline().remove(PipelineSlots.HTTP_DECODER);
        });
    }
}
