package io.fieldloop.server.websocket;

import io.fieldloop.server.GatewayState;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.FirstBytesHandler;
import io.fieldloop.server.connection.FirstBytesHandler.Place;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.connection.LastResortHandler;
import io.fieldloop.server.connection.PipelineSlots;
import io.fieldloop.server.connection.SentBytesFaultHandler;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.tls.TlsAcceptor;
import io.fieldloop.server.tls.TlsOutcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of each connection a listener accepts. */
public final class WebSocketInitializer extends ChannelInitializer<Channel> {
    private final ListenerConfig listener;
    private final @Nullable TlsAcceptor tls;
    private final GatewayState state;

    /** @param tls what speaks TLS on this listener, or null on a plain one */
    public WebSocketInitializer(ListenerConfig listener, @Nullable TlsAcceptor tls, GatewayState state) {
        this.listener = listener;
        this.tls = tls;
        this.state = state;
    }

    @Override
    protected void initChannel(Channel channel) {
        Connection connection = state.newConnection(listener.name(), channel);
        connection.emit(new GatewayEvent.ConnectionOpened(connection.id(), connection.listener(), connection.source()));
        try {
            if (!endsAtOnce(connection, channel)) {
                admit(channel, connection);
            }
        } catch (RuntimeException e) {
            // Netty would log the stack trace of an initializer that throws.
            state.newHandshake(connection, Optional.empty()).refused(RefusalReason.INTERNAL_ERROR, e.toString(), null);
            channel.close();
        }
    }

    private boolean endsAtOnce(Connection connection, Channel channel) {
        Optional<FaultAction.RefuseConnection> refuse = connection.fault(FaultAction.RefuseConnection.class);
        if (refuse.isPresent()) {
            connection.applied(refuse.get());
            connection.reset();
            return true;
        }
        Optional<FaultAction.StallConnection> stall = connection.fault(FaultAction.StallConnection.class);
        if (stall.isPresent()) {
            connection.applied(stall.get());
            channel.config().setAutoRead(false);
            return true;
        }
        return false;
    }

    private void admit(Channel channel, Connection connection) {
        Optional<RefusalReason> sourceRefusal = state.admit(connection, channel);
        HandshakeGuard handshake = state.newHandshake(connection, sourceRefusal);
        boolean overload = sourceRefusal
                .filter(reason -> reason.refusalClass() == RefusalClass.RATE)
                .isPresent();
        if (overload && tls != null) {
            // A status would cost a TLS handshake, which is what a banned source may not have.
            handshake.refused(sourceRefusal.get(), null, null);
            channel.close();
        } else {
            build(channel, connection, handshake);
        }
    }

    private void build(Channel channel, Connection connection, HandshakeGuard handshake) {
        ChannelPipeline pipeline = channel.pipeline();
        connection
                .fault(FaultAction.ResetAfterBytes.class)
                .ifPresent(fault ->
                        pipeline.addLast(PipelineSlots.ACCEPT_FAULTS, new SentBytesFaultHandler(connection, fault)));
        connection
                .fault(FaultAction.CloseAfterBytes.class)
                .ifPresent(fault -> pipeline.addLast(new SentBytesFaultHandler(connection, fault)));
        if (tls != null) {
            addTls(pipeline, tls, handshake);
        }
        Place place = tls == null ? Place.PLAIN_PORT : Place.INSIDE_TLS;
        pipeline.addLast(PipelineSlots.FIRST_BYTES, new FirstBytesHandler(handshake, state.rules(), place));
        pipeline.addLast(PipelineSlots.HTTP_DECODER, state.rules().newDecoder());
        pipeline.addLast(
                PipelineSlots.UPGRADE, new UpgradeHandler(handshake, state.rules(), state::stopping, state.sessions()));
        pipeline.addLast(PipelineSlots.LAST_RESORT, new LastResortHandler(handshake));
    }

    private void addTls(ChannelPipeline pipeline, TlsAcceptor acceptor, HandshakeGuard handshake) {
        pipeline.addLast(
                PipelineSlots.WIRE_FIRST_BYTES, new FirstBytesHandler(handshake, state.rules(), Place.TLS_PORT));
        List<FaultAction> faults = handshake.connection().faults(FaultAction.class);
        pipeline.addLast(PipelineSlots.TLS, acceptor.newHandler(faults, new TlsOutcome(handshake, pipeline)));
    }
}
