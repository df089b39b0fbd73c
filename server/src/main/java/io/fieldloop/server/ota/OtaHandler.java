package io.fieldloop.server.ota;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.http.ForwardedSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes the one request of a connection, has it judged, and answers. */
final class OtaHandler extends ChannelInboundHandlerAdapter {
    private final HandshakeGuard handshake;
    private final OtaDesk desk;
    private final ByteBuf body = Unpooled.buffer(0, OtaDesk.BODY_BYTES_MAX);
    private @Nullable HttpRequest head;

    OtaHandler(HandshakeGuard handshake, OtaDesk desk) {
        this.handshake = handshake;
        this.desk = desk;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!handshake.decided() && message instanceof HttpObject part) {
                take(ctx, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject part) {
        DecoderResult parsed = part.decoderResult();
        if (parsed.isFailure()) {
            boolean tooLong = parsed.cause() instanceof TooLongFrameException;
            refuse(ctx, tooLong ? RefusalReason.HEADER_TOO_LARGE : RefusalReason.MALFORMED_REQUEST, null);
            return;
        }
        if (part instanceof HttpRequest request) {
            head = request;
            ForwardedSource.settle(handshake, request.headers());
        }
        if (part instanceof HttpContent content) {
            if (body.readableBytes() + content.content().readableBytes() > OtaDesk.BODY_BYTES_MAX) {
                refuse(ctx, RefusalReason.OTA_BODY_TOO_LARGE, null);
                return;
            }
            body.writeBytes(content.content());
        }
        if (part instanceof LastHttpContent && head != null) {
            answer(ctx, head);
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest head) {
        Connection connection = handshake.connection();
        OtaRequest request =
                new OtaRequest(head, body.toString(StandardCharsets.UTF_8), connection.source(), connection.secured());
        OtaAnswer answer = desk.refusal(handshake.sourceRefusal(), handshake.banLeft())
                .<OtaAnswer>map(refused -> refused)
                .orElseGet(() -> desk.answer(request, connection.now()));
        if (answer instanceof OtaAnswer.Refused refused) {
            handshake.refuse(ctx, refused.reason(), refused.detail(), refused.answer());
        } else if (handshake.decide()) {
            connection.identified(request.deviceId());
            new OtaReply(ctx, connection, request, answer, desk::firstLink).send();
        }
    }

    private void refuse(ChannelHandlerContext ctx, RefusalReason reason, @Nullable String detail) {
        handshake.refuse(ctx, reason, detail, desk.answerTo(reason));
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
            refuse(ctx, RefusalReason.INTERNAL_ERROR, cause.toString());
        }
    }
}
