package io.fieldloop.server.mqtt;

import io.fieldloop.server.connection.Connection;
import io.fieldloop.server.connection.HandshakeGuard;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.RefusalReason;
import io.fieldloop.server.fault.ConnackFault;
import io.fieldloop.server.fault.FaultTable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Judges a CONNECT and carries the decision out. */
final class ConnectHandler {
    private static final FaultTable<Accepted, ConnackFault> ACTS = new FaultTable<Accepted, ConnackFault>(
                    ConnackFault.class)
            .on(ConnackFault.AnswerConnack.class, (accepted, fault) -> accepted.answerCode(fault.code()))
            .on(ConnackFault.StallConnack.class, (accepted, fault) -> {})
            .on(ConnackFault.DelayConnack.class, (accepted, fault) -> accepted.answerAfter(fault.by()))
            .complete();

    private final MqttBroker broker;

    ConnectHandler(MqttBroker broker) {
        this.broker = broker;
    }

    /** Refuses, or has {@code connected} told of the client and answers. */
    void handle(
            ChannelHandlerContext ctx,
            HandshakeGuard guard,
            MqttConnectMessage packet,
            Consumer<MqttClient> connected) {
        Connection connection = guard.connection();
        String given = packet.payload().clientIdentifier();
        boolean assigned = given.isEmpty() && mayBeAssigned(packet);
        MqttLogin login = MqttLogin.of(packet, assigned ? newClientId(connection) : given);
        Optional<RefusalReason> refusal = refusal(guard, packet, login, assigned);
        if (refusal.isPresent()) {
            refuse(ctx, guard, login, refusal.get());
            return;
        }
        guard.decide();
        connection.identified(login.id().deviceId());
        MqttClient client = new MqttClient(ctx, connection, broker, login);
        connected.accept(client);
        Accepted accepted = new Accepted(ctx, client, login, assigned);
        connection
                .fault(ConnackFault.class)
                .ifPresentOrElse(
                        fault -> {
                            connection.applied(fault);
                            ACTS.act(accepted, fault);
                        },
                        accepted::answer);
    }

    private Optional<RefusalReason> refusal(
            HandshakeGuard guard, MqttConnectMessage packet, MqttLogin login, boolean assigned) {
        if (broker.sessions().stopping()) {
            return Optional.of(RefusalReason.GATEWAY_STOPPING);
        }
        if (guard.sourceRefusal().isPresent()) {
            return guard.sourceRefusal();
        }
        if (broker.hardened() && login.level() < 4) {
            return Optional.of(RefusalReason.PROTOCOL_LEVEL);
        }
        if (broker.hardened() && !assigned && login.id().text().isEmpty()) {
            return Optional.of(RefusalReason.CLIENT_ID_MALFORMED);
        }
        return broker.credentials()
                .refusal(
                        login.id(),
                        packet.payload().userName(),
                        packet.payload().passwordInBytes());
    }

    /** xiaozhi-mqtt-gateway has said yes before it judges. */
    private void refuse(ChannelHandlerContext ctx, HandshakeGuard guard, MqttLogin login, RefusalReason reason) {
        if (broker.hardened()) {
            guard.refuse(ctx, reason, login.id().text(), ConnackAnswer.to(reason, login.level()));
        } else {
            ctx.writeAndFlush(connack(MqttProperties.NO_PROPERTIES));
            guard.refuse(ctx, reason, login.id().text(), null);
        }
    }

    private boolean mayBeAssigned(MqttConnectMessage packet) {
        boolean fresh = packet.variableHeader().isCleanSession();
        return broker.hardened() && (fresh || packet.variableHeader().version() == MqttClient.LEVEL_5);
    }

    private static String newClientId(Connection connection) {
        return "auto-" + HexFormat.of().toHexDigits(connection.random().nextLong());
    }

    private static MqttConnAckMessage connack(MqttProperties properties) {
        return new MqttConnAckMessage(
                new MqttFixedHeader(MqttMessageType.CONNACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                new MqttConnAckVariableHeader(MqttConnectReturnCode.CONNECTION_ACCEPTED, false, properties));
    }

    /** A client that is let in, right before it is told. */
    private final class Accepted {
        private final ChannelHandlerContext ctx;
        private final MqttClient client;
        private final MqttLogin login;
        private final boolean assigned;

        Accepted(ChannelHandlerContext ctx, MqttClient client, MqttLogin login, boolean assigned) {
            this.ctx = ctx;
            this.client = client;
            this.login = login;
            this.assigned = assigned;
        }

        /** Everything is in place before the answer, because in one process the next packet comes while it is being written. */
        void answer() {
            MqttClient older = client.letIn();
            if (broker.credentials().required()) {
                client.connection().greeted();
            }
            if (older != null && older != client) {
                older.takenOver();
            }
            client.emit(new GatewayEvent.MqttConnected(
                    client.connection().id(),
                    login.id().deviceId(),
                    login.id().text(),
                    login.level(),
                    login.keepAlive()));
            client.write(connack(properties()));
            client.session().begin();
        }

        void answerAfter(Duration by) {
            ctx.executor().schedule(this::answerLate, by.toNanos(), TimeUnit.NANOSECONDS);
        }

        void answerCode(int code) {
            client.session().end(CloseReason.FAULT, code);
            ConnackAnswer answer = new ConnackAnswer(login.level(), code);
            ctx.writeAndFlush(answer.encode(ctx.alloc())).addListener(written -> ctx.close());
        }

        private void answerLate() {
            if (ctx.channel().isActive()) {
                answer();
            }
        }

        private MqttProperties properties() {
            MqttProperties properties = new MqttProperties();
            if (login.level() == MqttClient.LEVEL_5) {
                add(properties, MqttProperties.MAXIMUM_QOS, 1);
                add(
                        properties,
                        MqttProperties.MAXIMUM_PACKET_SIZE,
                        broker.config().packetBytesMax());
                add(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
                add(properties, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
                add(properties, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
            }
            if (assigned && login.level() == MqttClient.LEVEL_5) {
                properties.add(new MqttProperties.StringProperty(
                        MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, login.id().text()));
            }
            return properties;
        }

        private static void add(MqttProperties properties, int id, int value) {
            properties.add(new MqttProperties.IntegerProperty(id, value));
        }
    }
}
