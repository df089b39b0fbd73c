package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionResult;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.util.NetUtil;
import java.util.List;

/**
 * Takes the real source out of the PROXY protocol header, version 1 or 2, with which a trusted front may begin a connection.
 *
 * <p>Without one the bytes pass as they are. A header that is not one of the usual is read by Netty's own decoder; one without an
 * address (a health check of the front) changes nothing.
 */
final class ProxyProtocolHandler extends ByteToMessageDecoder {
    private static final String BY = "proxy-protocol";

    private final HandshakeGuard handshake;
    private final boolean answersAreCostly;

    ProxyProtocolHandler(HandshakeGuard handshake, boolean answersAreCostly) {
        this.handshake = handshake;
        this.answersAreCostly = answersAreCostly;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ProtocolDetectionResult<HAProxyProtocolVersion> found = HAProxyMessageDecoder.detectProtocol(in);
        ProtocolDetectionState state = found.state();
        if (state == ProtocolDetectionState.NEEDS_MORE_DATA) {
            return;
        }
        if (state == ProtocolDetectionState.DETECTED) {
            handshake.connection().sawFirstBytes(in);
            byte[] source = UsualProxyHeader.take(in, found.detectedProtocol() == HAProxyProtocolVersion.V2);
            if (source == null) {
                decodeBehind(ctx);
            } else {
                passedOn(ctx, source);
            }
        }
        // What has come flows on to the decoder, or to who looks at first bytes.
        ctx.pipeline().remove(this);
    }

    private void decodeBehind(ChannelHandlerContext ctx) {
        ctx.pipeline().addAfter(PipelineSlots.PROXY_PROTOCOL, PipelineSlots.PROXY_SOURCE, new SourceHandler());
        ctx.pipeline().addAfter(PipelineSlots.PROXY_PROTOCOL, PipelineSlots.PROXY_HEADER, new HAProxyMessageDecoder());
    }

    private void passedOn(ChannelHandlerContext ctx, byte[] bytes) {
        handshake.passedOn(Cidr.address(bytes), BY);
        boolean overload = handshake
                .sourceRefusal()
                .filter(reason -> reason.refusalClass() == RefusalClass.RATE)
                .isPresent();
        if (overload && answersAreCostly) {
            handshake.refuse(ctx, handshake.sourceRefusal().get());
        }
    }

    /** Behind the decoder, until it has said what the header says. */
    private final class SourceHandler extends SimpleChannelInboundHandler<HAProxyMessage> {
        private SourceHandler() {
            super(HAProxyMessage.class);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
            ctx.pipeline().remove(this);
            String address = header.sourceAddress();
            byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
            if (bytes != null) {
                passedOn(ctx, bytes);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Throwable said = cause.getCause() == null ? cause : cause.getCause();
            handshake.refuse(ctx, RefusalReason.PROXY_PROTOCOL, String.valueOf(said.getMessage()), null);
        }
    }
}
