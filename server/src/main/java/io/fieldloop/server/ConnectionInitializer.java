package io.fieldloop.server;

import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.SentBytesFaultHandler;
import io.fieldloop.server.guard.FirstBytesHandler;
import io.fieldloop.server.guard.FirstBytesHandler.Place;
import io.fieldloop.server.guard.Handshake;
import io.fieldloop.server.guard.RefusalClass;
import io.fieldloop.server.guard.RefusalReason;
import io.fieldloop.server.guard.UpgradeHandler;
import io.fieldloop.server.tls.TlsAcceptor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of each connection a listener accepts. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final ListenerConfig listener;
    private final @Nullable TlsAcceptor tls;
    private final GatewayParts parts;

    /** @param tls what speaks TLS on this listener, or null on a plain one */
    ConnectionInitializer(ListenerConfig listener, @Nullable TlsAcceptor tls, GatewayParts parts) {
        this.listener = listener;
        this.tls = tls;
        this.parts = parts;
    }

    @Override
    protected void initChannel(Channel channel) {
        Connection connection = parts.newConnection(listener.name(), channel);
        connection.emit(new GatewayEvent.ConnectionOpened(connection.id(), connection.listener(), connection.source()));
        try {
            if (!endsAtOnce(connection, channel)) {
                admit(channel, connection);
            }
        } catch (RuntimeException e) {
            // Netty would log the stack trace of an initializer that throws.
            parts.newHandshake(connection, Optional.empty()).refused(RefusalReason.INTERNAL_ERROR, e.toString(), null);
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
        Optional<RefusalReason> sourceRefusal = parts.admit(connection, channel);
        Handshake handshake = parts.newHandshake(connection, sourceRefusal);
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

    private void build(Channel channel, Connection connection, Handshake handshake) {
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
        pipeline.addLast(PipelineSlots.FIRST_BYTES, new FirstBytesHandler(handshake, parts.rules(), place));
        pipeline.addLast(PipelineSlots.HTTP_DECODER, parts.rules().newDecoder());
        pipeline.addLast(
                PipelineSlots.UPGRADE, new UpgradeHandler(handshake, parts.rules(), parts::stopping, parts.sessions()));
        pipeline.addLast(PipelineSlots.LAST_RESORT, new LastResortHandler(handshake));
    }

    private void addTls(ChannelPipeline pipeline, TlsAcceptor acceptor, Handshake handshake) {
        pipeline.addLast(
                PipelineSlots.WIRE_FIRST_BYTES, new FirstBytesHandler(handshake, parts.rules(), Place.TLS_PORT));
        List<FaultAction> faults = handshake.connection().faults(FaultAction.class);
        pipeline.addLast(PipelineSlots.TLS, acceptor.newHandler(faults, new TlsOutcome(handshake, pipeline)));
    }
}
