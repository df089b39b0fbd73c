package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.FaultAction;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;

/** What every accepted connection of every listener passes first: its identity, the faults of acceptance, its source's admission. */
public final class AdmissionStage extends ChannelInitializer<Channel> {
    private final String listener;
    private final Class<?> kind;
    private final ConnectionRegistry connections;
    private final ProtocolInitializer protocol;

    /**
     * The stage before one listener's protocol.
     *
     * @param kind what kind of listener it is; faults count connections per kind
     */
    public AdmissionStage(
            String listener, Class<?> kind, ConnectionRegistry connections, ProtocolInitializer protocol) {
        this.listener = listener;
        this.kind = kind;
        this.connections = connections;
        this.protocol = protocol;
    }

    @Override
    protected void initChannel(Channel channel) {
        Connection connection = connections.register(listener, kind, channel);
        try {
            if (!endsAtOnce(connection, channel)) {
                admit(channel, connection);
            }
        } catch (RuntimeException e) {
            // Netty would log the stack trace of an initializer that throws.
            connection.refused(RefusalReason.INTERNAL_ERROR, e.toString(), null, null);
            channel.close();
        }
    }

    private static boolean endsAtOnce(Connection connection, Channel channel) {
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
        Optional<RefusalReason> sourceRefusal = connections.admit(connection, channel);
        boolean overload = sourceRefusal
                .filter(reason -> reason.refusalClass() == RefusalClass.RATE)
                .isPresent();
        if (overload && protocol.answersAreCostly()) {
            connection.refused(sourceRefusal.get(), null, null, null);
            channel.close();
        } else {
            build(channel.pipeline(), new HandshakeGuard(connection, sourceRefusal));
        }
    }

    private void build(ChannelPipeline pipeline, HandshakeGuard guard) {
        Connection connection = guard.connection();
        connection
                .fault(FaultAction.ResetAfterBytes.class)
                .ifPresent(fault -> pipeline.addLast(
                        new SentBytesFaultHandler(fault.bytes(), () -> connection.applied(fault), connection::reset)));
        connection
                .fault(FaultAction.CloseAfterBytes.class)
                .ifPresent(fault -> pipeline.addLast(new SentBytesFaultHandler(
                        fault.bytes(), () -> connection.applied(fault), pipeline.channel()::close)));
        protocol.build(pipeline, guard);
        pipeline.addLast(PipelineSlots.LAST_RESORT, new LastResortHandler(guard));
    }
}
