package io.fieldloop.server.connection;

import io.fieldloop.server.event.RefusalClass;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.AcceptFault;
import io.fieldloop.server.fault.FaultTable;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import java.util.function.Consumer;

/** What every accepted connection of every listener passes first: its identity, the faults of acceptance, its source's admission. */
public final class AdmissionStage extends ChannelInitializer<Channel> {
    private static final FaultTable<Accepted, AcceptFault> ACTS = new FaultTable<Accepted, AcceptFault>(
                    AcceptFault.class)
            .on(AcceptFault.RefuseConnection.class, (accepted, fault) -> accepted.end(fault, Connection::reset))
            .on(
                    AcceptFault.StallConnection.class,
                    (accepted, fault) -> accepted.end(
                            fault, connection -> accepted.channel.config().setAutoRead(false)))
            .on(
                    AcceptFault.ResetAfterBytes.class,
                    (accepted, fault) -> accepted.endAfter(fault.bytes(), fault, accepted.connection::reset))
            .on(
                    AcceptFault.CloseAfterBytes.class,
                    (accepted, fault) -> accepted.endAfter(fault.bytes(), fault, accepted.channel::close))
            .complete();

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
            Accepted accepted = new Accepted(channel, connection);
            connection.faults(AcceptFault.class).forEach(fault -> ACTS.act(accepted, fault));
            if (!accepted.over) {
                admit(channel, connection);
            }
        } catch (RuntimeException e) {
            // Netty would log the stack trace of an initializer that throws.
            connection.refused(RefusalReason.INTERNAL_ERROR, e.toString(), null, null);
            channel.close();
        }
    }

    private void admit(Channel channel, Connection connection) {
        if (connection.isFromFront()) {
            HandshakeGuard guard = new HandshakeGuard(connection, Optional.empty());
            channel.pipeline()
                    .addLast(
                            PipelineSlots.PROXY_PROTOCOL, new ProxyProtocolHandler(guard, protocol.answersAreCostly()));
            build(channel.pipeline(), guard);
            return;
        }
        Optional<RefusalReason> sourceRefusal = connection.admit();
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
        protocol.build(pipeline, guard);
        pipeline.addLast(PipelineSlots.LAST_RESORT, new LastResortHandler(guard));
    }

    /** A connection right after its acceptance, while its pipeline is empty. */
    private static final class Accepted {
        private final Channel channel;
        private final Connection connection;
        private boolean over;

        private Accepted(Channel channel, Connection connection) {
            this.channel = channel;
            this.connection = connection;
        }

        private void end(AcceptFault fault, Consumer<Connection> action) {
            over = true;
            connection.applied(fault);
            action.accept(connection);
        }

        private void endAfter(long bytes, AcceptFault fault, Runnable end) {
            channel.pipeline().addLast(new SentBytesFaultHandler(bytes, () -> connection.applied(fault), end));
        }
    }
}
