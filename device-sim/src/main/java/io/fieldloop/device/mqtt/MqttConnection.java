package io.fieldloop.device.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldloop.device.attempt.Opening;
import io.fieldloop.device.attempt.SendStalled;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.FailureReason;
import io.fieldloop.device.event.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a broker, last in its pipeline: CONNECT and CONNACK, then publishing, pings and what the broker sends. */
final class MqttConnection extends ChannelInboundHandlerAdapter {

    /** Who uses the connection once it is up. */
    interface User {
        void message(String topic, String text);

        /** A PUBACK or SUBACK came. */
        void acknowledged(int type, int packetId);

        /** The connection is over, which has been logged. */
        void disconnected(FailureReason reason, @Nullable String code);
    }

    private final DeviceContext context;
    private final MqttSettings settings;
    private final Channel channel;
    private final MqttPings pings;
    private @Nullable Opening opening;
    private @Nullable User user;
    private boolean asked;
    private boolean sessionPresent;

    MqttConnection(DeviceContext context, MqttSettings settings, Channel channel, Opening opening) {
        this.context = context;
        this.settings = settings;
        this.channel = channel;
        this.opening = opening;
        this.pings = new MqttPings(context, settings.keepAliveSeconds(), this::ping, this::unanswered);
    }

    void connect() {
        asked = true;
        channel.writeAndFlush(MqttPackets.connect(channel.alloc(), settings));
    }

    boolean sessionPresent() {
        return sessionPresent;
    }

    void use(User next) {
        user = next;
    }

    void send(ByteBuf packet) {
        channel.writeAndFlush(packet);
    }

    /** Ends it for good: a client that is stopped says DISCONNECT, one that loses its power says nothing. */
    void end(boolean politely) {
        boolean up = user != null;
        silence();
        if (up && politely) {
            channel.writeAndFlush(MqttPackets.disconnect(channel.alloc()));
        }
        channel.close();
    }

    void silence() {
        opening = null;
        user = null;
        pings.stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof MqttPacket.Connack connack) {
            answered(connack);
        } else if (message instanceof MqttPacket.Publish publish) {
            published(publish);
        } else if (message instanceof MqttPacket.Pingresp) {
            pings.answered();
        } else if (message instanceof MqttPacket.Acknowledged acknowledged && user != null) {
            user.acknowledged(acknowledged.type(), acknowledged.packetId());
        } else if (message instanceof MqttPacket.Acknowledged acknowledged) {
            unexpected(acknowledged.type());
        } else if (message instanceof MqttPacket.Malformed malformed) {
            malformed(malformed.line());
        } else if (message instanceof MqttPacket.Other other) {
            unexpected(other.type());
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(MqttPacket.Connack connack) {
        Opening waiting = opening;
        if (waiting == null) {
            return; // a second one changes nothing
        }
        opening = null;
        if (connack.returnCode() == 0) {
            sessionPresent = connack.sessionPresent();
            pings.start();
            waiting.letIn();
        } else {
            waiting.refused(FailureReason.CONNECT_REFUSED, connack.returnCode());
        }
    }

    private void published(MqttPacket.Publish publish) {
        ByteBuf payload = publish.payload();
        String text = payload.toString(UTF_8);
        payload.release();
        User listening = user;
        if (listening == null) {
            unexpected(3);
            return;
        }
        if (publish.qos() == 1) {
            channel.writeAndFlush(MqttPackets.puback(channel.alloc(), publish.packetId()));
        }
        listening.message(publish.topic(), text);
    }

    /** Anything but a CONNACK ends the wait for one. */
    private void unexpected(int type) {
        if (opening != null) {
            malformed("Invalid MSG_TYPE response: " + type + ", read_len: " + 2);
        }
    }

    private void malformed(String line) {
        if (isHeard()) {
            MqttLines.error(context, line);
            over(FailureReason.CONNECTION_LOST, null);
            channel.close();
        }
    }

    private void ping() {
        channel.writeAndFlush(MqttPackets.pingreq(channel.alloc()));
    }

    private void unanswered() {
        MqttLines.pingUnanswered(context);
        over(FailureReason.PONG_TIMEOUT, null);
        channel.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SendStalled && isHeard()) {
            context.log(LogLevel.ERROR, MqttLines.CLIENT, "Writing didn't complete in specified timeout: errno=119");
            over(FailureReason.WRITE_TIMEOUT, null);
            channel.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lose(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lose(cause);
        ctx.close();
    }

    /** Before CONNECT the attempt hears of the end from TCP and TLS. */
    private void lose(@Nullable Throwable cause) {
        if (asked && isHeard()) {
            String code = MqttLines.lost(context, cause);
            over(cause == null ? FailureReason.CLOSED_BY_SERVER : FailureReason.CONNECTION_LOST, code);
        }
    }

    private boolean isHeard() {
        return opening != null || user != null;
    }

    private void over(FailureReason reason, @Nullable String code) {
        Opening waiting = opening;
        User listening = user;
        silence();
        if (waiting != null) {
            if (reason == FailureReason.CLOSED_BY_SERVER || code != null) {
                waiting.lost(code);
            } else {
                waiting.broken(reason);
            }
        } else if (listening != null) {
            listening.disconnected(reason, code);
        }
    }
}
