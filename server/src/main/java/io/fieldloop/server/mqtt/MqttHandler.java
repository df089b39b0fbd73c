package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.RefusalReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the packets of one connection in order, CONNECT first, and gives each to who handles its kind. */
final class MqttHandler extends SimpleChannelInboundHandler<MqttMessage> {
    private final HandshakeGuard handshake;
    private final MqttBroker broker;
    private final MqttHandlers handlers;
    private @Nullable MqttClient client;

    MqttHandler(HandshakeGuard handshake, MqttBroker broker, MqttHandlers handlers) {
        super(MqttMessage.class);
        this.handshake = handshake;
        this.broker = broker;
        this.handlers = handlers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage packet) {
        MqttClient connected = client;
        if (packet.decoderResult().isFailure()) {
            unreadable(ctx, packet.decoderResult().cause());
        } else if (connected != null) {
            take(connected, packet);
        } else if (handshake.decided()) {
            return;
        } else if (packet instanceof MqttConnectMessage connect) {
            handlers.connect().handle(ctx, handshake, connect, accepted -> client = accepted);
        } else {
            handshake.refuse(ctx, RefusalReason.NOT_MQTT);
        }
    }

    /** Takes nothing in while the client does not take out. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (client != null) {
            client.closed();
        } else {
            handshake.refuse(ctx, RefusalReason.EOF);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (client == null) {
            ctx.fireExceptionCaught(cause);
        } else if (cause instanceof IOException) {
            client.session().end(CloseReason.CONNECTION_LOST, null);
            ctx.close();
        } else {
            client.session().failed(cause);
        }
    }

    private void take(MqttClient from, MqttMessage packet) {
        if (from.session().over()) {
            return;
        }
        from.heard();
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> handlers.publish().handle(from, (MqttPublishMessage) packet);
            case SUBSCRIBE -> subscribe(from, (MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> handlers.unsubscribe().handle(from, (MqttUnsubscribeMessage) packet);
            case PUBACK -> from.acknowledged(((MqttMessageIdVariableHeader) packet.variableHeader()).messageId());
            case PINGREQ -> from.answerPing();
            case DISCONNECT -> from.disconnected(codeOf(packet));
            case CONNECT -> connectAgain(from, (MqttConnectMessage) packet);
            default ->
                from.refuse(
                        MqttReasonCodes.Disconnect.PROTOCOL_ERROR,
                        CloseReason.PROTOCOL_ERROR,
                        packet.fixedHeader().messageType() + ", which no client of QoS 0 and 1 sends");
        }
    }

    /** Compat knows no topics: it acknowledges one filter, whatever was asked for. */
    private void subscribe(MqttClient from, MqttSubscribeMessage packet) {
        if (broker.hardened()) {
            handlers.subscribe().handle(from, packet);
        } else {
            from.acknowledgeSubscribe(packet.variableHeader().messageId(), List.of(0));
        }
    }

    /** Compat reads it again, and finds under the same client id an older connection to close: itself. */
    private void connectAgain(MqttClient from, MqttConnectMessage packet) {
        if (broker.hardened()) {
            from.refuse(MqttReasonCodes.Disconnect.PROTOCOL_ERROR, CloseReason.PROTOCOL_ERROR, "a second CONNECT");
        } else if (packet.payload().clientIdentifier().equals(from.id().text())) {
            from.disconnect(MqttReasonCodes.Disconnect.SESSION_TAKEN_OVER, CloseReason.TAKEN_OVER);
        }
    }

    private void unreadable(ChannelHandlerContext ctx, Throwable cause) {
        boolean tooLong = cause instanceof TooLongFrameException;
        if (client != null) {
            client.refuse(
                    tooLong ? MqttReasonCodes.Disconnect.PACKET_TOO_LARGE : MqttReasonCodes.Disconnect.MALFORMED_PACKET,
                    tooLong ? CloseReason.MESSAGE_TOO_BIG : CloseReason.MALFORMED_PACKET,
                    tooLong
                            ? "a packet of more than " + broker.config().packetBytesMax() + " bytes"
                            : String.valueOf(cause.getMessage()));
        } else if (cause instanceof MqttUnacceptableProtocolVersionException) {
            handshake.refuse(
                    ctx, RefusalReason.PROTOCOL_LEVEL, null, ConnackAnswer.to(RefusalReason.PROTOCOL_LEVEL, 4));
        } else {
            handshake.refuse(
                    ctx,
                    tooLong ? RefusalReason.PACKET_TOO_LARGE : RefusalReason.MALFORMED_CONNECT,
                    cause.getMessage(),
                    null);
        }
    }

    private static int codeOf(MqttMessage disconnect) {
        return disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                ? header.reasonCode() & 0xff
                : 0;
    }
}
