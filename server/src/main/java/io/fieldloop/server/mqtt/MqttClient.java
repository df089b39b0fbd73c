package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.LingeringClose;
import io.fieldloop.server.connection.SafeText;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.session.DeviceIdentity;
import io.fieldloop.server.session.Session;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connected MQTT client: what it is called and subscribed to, and everything that is sent to it. Its loop's alone, but for {@link #deliver}. */
final class MqttClient {
    static final int LEVEL_5 = 5;

    private final ChannelHandlerContext ctx;
    private final Connection connection;
    private final MqttBroker broker;
    private final MqttLogin login;
    private final String replyTopic;
    private final Session session;
    private final List<String> filters = new ArrayList<>(0);
    private @Nullable Outbox outbox;
    private @Nullable Publication will;
    private final KeepAliveWatch keepAlive;
    private boolean flushDue;

    MqttClient(ChannelHandlerContext ctx, Connection connection, MqttBroker broker, MqttLogin login) {
        this.ctx = ctx;
        this.connection = connection;
        this.broker = broker;
        this.login = login;
        this.replyTopic = login.id().replyTopic();
        DeviceIdentity identity =
                new DeviceIdentity(login.id().deviceId(), login.id().text(), "", 1, false);
        this.session = broker.sessions().newSession(new MqttLink(this), identity);
        this.keepAlive = KeepAliveWatch.begin(this, login.keepAlive(), broker.hardened());
    }

    MqttClientId id() {
        return login.id();
    }

    MqttBroker broker() {
        return broker;
    }

    Connection connection() {
        return connection;
    }

    ChannelHandlerContext context() {
        return ctx;
    }

    Session session() {
        return session;
    }

    int level() {
        return login.level();
    }

    String replyTopic() {
        return replyTopic;
    }

    void emit(GatewayEvent event) {
        connection.emit(event);
    }

    int subscriptions() {
        return filters.size();
    }

    /** True where there was no subscription to the filter. */
    boolean subscribe(Subscription subscription) {
        boolean fresh = broker.topics().subscribe(subscription);
        if (fresh) {
            filters.add(subscription.filter().text());
        }
        return fresh;
    }

    boolean unsubscribe(String filter) {
        filters.remove(filter);
        return broker.topics().unsubscribe(this, filter);
    }

    /** It is let in, and has a last will from now on. */
    @Nullable
    MqttClient letIn() {
        will = broker.hardened() ? login.will() : null;
        return broker.enter(this);
    }

    /** It sent a packet. */
    void heard() {
        keepAlive.heard();
    }

    /** Another connection came with the same client id; from any thread. */
    void takenOver() {
        ctx.executor().execute(() -> disconnect(MqttReasonCodes.Disconnect.SESSION_TAKEN_OVER, CloseReason.TAKEN_OVER));
    }

    /** Says something to the device; it has subscribed to nothing, and hears its own topic all the same. */
    void say(String text) {
        Publication message =
                new Publication(replyTopic, text.getBytes(StandardCharsets.UTF_8), 0, false, PassedProperties.NONE);
        write(publish(message, MqttQoS.AT_MOST_ONCE, false, 0));
        broker.show(this, message);
    }

    /** Hands on what somebody published; from any thread. */
    void deliver(Publication message, int qos, boolean retain) {
        if (ctx.executor().inEventLoop()) {
            deliverNow(message, qos, retain);
        } else {
            ctx.executor().execute(() -> deliverNow(message, qos, retain));
        }
    }

    /** What does not fit is dropped: a subscriber that does not read must not fill the gateway's memory. */
    private void deliverNow(Publication message, int qos, boolean retain) {
        if (login.packetBytesMax() < message.packetBytes(qos)) {
            return; // MQTT 5, 3.1.2.11.4: as if it had been sent
        }
        if (qos == 0) {
            if (mayTakeMore()) {
                write(publish(message, MqttQoS.AT_MOST_ONCE, retain, 0));
            }
            return;
        }
        Integer id = outbox().offer(message);
        if (id != null) {
            write(publish(message, MqttQoS.AT_LEAST_ONCE, retain, id));
        }
    }

    /** What was written in this turn of the loop goes out first, before anything counts as more than the client takes. */
    private boolean mayTakeMore() {
        if (!ctx.channel().isWritable()) {
            ctx.flush();
        }
        return ctx.channel().isWritable();
    }

    /** The client has acknowledged a message. */
    void acknowledged(int id) {
        Publication next = outbox().acknowledged(id, connection.nanoTime());
        if (next != null) {
            write(publish(next, MqttQoS.AT_LEAST_ONCE, false, outbox().nextId()));
        }
    }

    void acknowledge(int id, boolean allowed) {
        byte code = (allowed ? MqttReasonCodes.PubAck.SUCCESS : MqttReasonCodes.PubAck.NOT_AUTHORIZED).byteValue();
        write(new MqttMessage(
                header(MqttMessageType.PUBACK),
                new MqttPubReplyMessageVariableHeader(id, code, MqttProperties.NO_PROPERTIES)));
    }

    void acknowledgeSubscribe(int id, List<Integer> codes) {
        write(new MqttSubAckMessage(
                header(MqttMessageType.SUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(id, MqttProperties.NO_PROPERTIES),
                new MqttSubAckPayload(codes)));
    }

    void acknowledgeUnsubscribe(int id, List<Short> codes) {
        write(new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(id, MqttProperties.NO_PROPERTIES),
                new MqttUnsubAckPayload(codes)));
    }

    void answerPing() {
        if (session.answersPing()) {
            write(MqttMessage.PINGRESP);
        }
    }

    /** Ends the connection over a packet, and says which, since a client of MQTT 3.1.1 is told nothing at all. */
    void refuse(MqttReasonCodes.Disconnect code, CloseReason reason, String packet) {
        if (!session.over()) {
            emit(new GatewayEvent.ProtocolError(
                    connection.id(), GatewayEvent.ProtocolError.Reason.PACKET_REFUSED, SafeText.of(packet)));
            disconnect(code, reason);
        }
    }

    /** Ends the connection with the reason where the client's level has words for it; the first reason wins. */
    void disconnect(MqttReasonCodes.Disconnect code, CloseReason reason) {
        if (!session.over()) {
            session.end(reason, level() == LEVEL_5 ? code.byteValue() & 0xff : null);
            sayDisconnect(code.byteValue());
            LingeringClose.close(ctx, connection.secured());
        }
    }

    void sayDisconnect(byte code) {
        if (level() == LEVEL_5) {
            ctx.writeAndFlush(new MqttMessage(
                    header(MqttMessageType.DISCONNECT),
                    new MqttReasonCodeAndPropertiesVariableHeader(code, MqttProperties.NO_PROPERTIES)));
        } else {
            ctx.flush();
        }
    }

    /** The client said goodbye itself, and wants its will said only if it says so. */
    void disconnected(int code) {
        if (code != MqttReasonCodes.Disconnect.DISCONNECT_WITH_WILL_MESSAGE.byteValue()) {
            will = null;
        }
        session.end(CloseReason.DEVICE_CLOSED, level() == LEVEL_5 ? code : null);
        ctx.close();
    }

    /** The connection is gone. */
    void closed() {
        session.end(CloseReason.DEVICE_DROPPED, null);
        List.copyOf(filters).forEach(this::unsubscribe);
        broker.leave(this);
        Publication last = will;
        will = null;
        if (last != null) {
            broker.publish(this, last.saidAt(connection.nanoTime()));
        }
    }

    void write(MqttMessage packet) {
        ctx.write(packet);
        keepAlive.spoke();
        if (!flushDue) {
            flushDue = true;
            ctx.executor().execute(this::flush);
        }
    }

    private void flush() {
        flushDue = false;
        ctx.flush();
    }

    private Outbox outbox() {
        Outbox present = outbox;
        if (present == null) {
            present = new Outbox(login.receiveMaximum(), broker.config().waitingMax());
            outbox = present;
        }
        return present;
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    /** The encoder leaves the properties out where the client's level has none. */
    private MqttPublishMessage publish(Publication message, MqttQoS qos, boolean retain, int id) {
        return new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, false, qos, retain, 0),
                new MqttPublishVariableHeader(
                        message.topic(), id, message.properties().at(connection.nanoTime())),
                Unpooled.wrappedBuffer(message.payload()));
    }
}
