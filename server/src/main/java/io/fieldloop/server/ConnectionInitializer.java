package io.fieldloop.server;

import io.fieldloop.server.fault.FaultAction;
import io.fieldloop.server.fault.SentBytesFaultHandler;
import io.fieldloop.server.guard.FirstBytesHandler;
import io.fieldloop.server.guard.FirstBytesHandler.Place;
import io.fieldloop.server.guard.Handshake;
import io.fieldloop.server.guard.RefusalReason;
import io.fieldloop.server.guard.UpgradeHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;

/** Builds the pipeline of each connection a listener accepts. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final ListenerConfig listener;
    private final GatewayParts parts;

    ConnectionInitializer(ListenerConfig listener, GatewayParts parts) {
        this.listener = listener;
        this.parts = parts;
    }

    @Override
    protected void initChannel(Channel channel) {
        Connection connection = parts.newConnection(listener.name(), channel);
        connection.emit(new GatewayEvent.ConnectionOpened(connection.id(), connection.listener(), connection.source()));
        if (!endsAtOnce(connection, channel)) {
            build(channel, connection);
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

    private void build(Channel channel, Connection connection) {
        Optional<RefusalReason> sourceRefusal = parts.admit(connection, channel);
        Handshake handshake = parts.newHandshake(connection, sourceRefusal);
        ChannelPipeline pipeline = channel.pipeline();
        connection
                .fault(FaultAction.ResetAfterBytes.class)
                .ifPresent(fault ->
                        pipeline.addLast(PipelineSlots.ACCEPT_FAULTS, new SentBytesFaultHandler(connection, fault)));
        connection
                .fault(FaultAction.CloseAfterBytes.class)
                .ifPresent(fault -> pipeline.addLast(new SentBytesFaultHandler(connection, fault)));
        pipeline.addLast(PipelineSlots.FIRST_BYTES, new FirstBytesHandler(handshake, parts.rules(), Place.PLAIN_PORT));
        pipeline.addLast(PipelineSlots.HTTP_DECODER, parts.rules().newDecoder());
        pipeline.addLast(
                PipelineSlots.UPGRADE, new UpgradeHandler(handshake, parts.rules(), parts::stopping, parts.sessions()));
        pipeline.addLast(PipelineSlots.LAST_RESORT, new LastResortHandler(handshake));
    }
}
