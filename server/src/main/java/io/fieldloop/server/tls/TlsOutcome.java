package io.fieldloop.server.tls;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.FirstBytesHandler;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/** Carries what the TLS layer of one connection reports to the handshake and to the events. */
public final class TlsOutcome implements TlsObserver {
    private final HandshakeGuard handshake;
    private final Connection connection;
    private final ChannelPipeline pipeline;

    public TlsOutcome(HandshakeGuard handshake, ChannelPipeline pipeline) {
        this.handshake = handshake;
        this.connection = handshake.connection();
        this.pipeline = pipeline;
    }

    @Override
    public void established(TlsVersion version, String suite, @Nullable String serverName) {
        connection.beSecured();
        connection.emit(new GatewayEvent.TlsEstablished(
                connection.id(), version.wireName(), suite, serverName, connection.elapsed()));
        ChannelHandlerContext ctx = pipeline.context(PipelineSlots.FIRST_BYTES);
        if (ctx != null && ctx.handler() instanceof FirstBytesHandler firstBytes) {
            firstBytes.begin(ctx);
        }
    }

    @Override
    public void failed(TlsFailure failure) {
        Integer alert = failure.alertReceived() != null ? failure.alertReceived() : failure.alertSent();
        handshake.refused(failure.reason(), failure.text(), alert);
    }

    /** What a fault does to a handshake is no refusal, and no deadline may end a stall before the device does. */
    @Override
    public void faultApplied(FaultAction fault) {
        if (!(fault instanceof FaultAction.DelayTls)) {
            handshake.decide();
        }
        connection.applied(fault);
        if (fault instanceof FaultAction.ResetInTls || fault instanceof FaultAction.ResetAtMessage) {
            connection.reset();
        }
    }
}
