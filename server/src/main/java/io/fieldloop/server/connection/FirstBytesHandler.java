package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;

/** Holds back the first bytes until they are recognised, then steps aside for who can read them, or refuses. */
public final class FirstBytesHandler extends ByteToMessageDecoder {
    /** Where on a connection the bytes are looked at. */
    public enum Place {
        /** On a plain port: HTTP is expected, from the start. */
        PLAIN_PORT,
        /** On a TLS port, before the engine: TLS is expected, from the start. */
        TLS_PORT,
        /** Inside TLS: HTTP is expected, once the handshake is done. */
        INSIDE_TLS,
        /** On a plain port: MQTT is expected, from the start. */
        MQTT_PORT,
        /** Inside TLS: MQTT is expected, once the handshake is done. */
        MQTT_INSIDE_TLS;

        private boolean insideTls() {
            return this == INSIDE_TLS || this == MQTT_INSIDE_TLS;
        }

        private Optional<RefusalReason> refusal(FirstBytes.Kind kind) {
            return switch (this) {
                case TLS_PORT -> FirstBytes.refusalOnTls(kind);
                case PLAIN_PORT, INSIDE_TLS -> FirstBytes.refusalOnPlain(kind);
                case MQTT_PORT, MQTT_INSIDE_TLS -> FirstBytes.refusalOnMqtt(kind);
            };
        }
    }

    private final HandshakeGuard handshake;
    private final FirstBytesPolicy policy;
    private final Place place;
    private boolean sawBytes;

    public FirstBytesHandler(HandshakeGuard handshake, FirstBytesPolicy policy, Place place) {
        this.handshake = handshake;
        this.policy = policy;
        this.place = place;
    }

    /** Begins the wait for the first byte: on a port from the start, inside TLS once the handshake is done. */
    private void begin(ChannelHandlerContext ctx) {
        handshake.expectWithin(ctx, policy.firstByte(), RefusalReason.SILENCE);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!place.insideTls() && ctx.channel().isActive()) {
            begin(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!place.insideTls()) {
            begin(ctx);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == TlsReady.READY) {
            begin(ctx);
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        handshake.refuse(ctx, RefusalReason.EOF);
        super.channelInactive(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (handshake.decided()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        handshake.connection().sawFirstBytes(in);
        if (!sawBytes) {
            sawBytes = true;
            expectTheRest(ctx);
        }
        FirstBytes.Kind kind = FirstBytes.classify(in);
        if (kind != FirstBytes.Kind.UNDECIDED) {
            passOrRefuse(ctx, in, out, kind);
        }
    }

    private void expectTheRest(ChannelHandlerContext ctx) {
        if (place == Place.TLS_PORT) {
            handshake.expectWithin(ctx, policy.tlsHandshake(), RefusalReason.TLS_TIMEOUT);
        } else {
            handshake.expectWithin(ctx, policy.request(), RefusalReason.SLOW_REQUEST);
        }
    }

    private void passOrRefuse(ChannelHandlerContext ctx, ByteBuf in, List<Object> out, FirstBytes.Kind kind) {
        Optional<RefusalReason> refusal = place.refusal(kind);
        if (refusal.isPresent()) {
            handshake.refuse(ctx, refusal.get(), null, policy.answers().apply(refusal.get()));
            in.skipBytes(in.readableBytes());
        } else {
            out.add(in.readRetainedSlice(in.readableBytes()));
            ctx.pipeline().remove(this);
        }
    }
}
