package io.fieldloop.device.modem;

import io.fieldloop.device.attempt.SocketWitness;
import io.fieldloop.device.mqtt.MqttDecoder;
import io.fieldloop.device.mqtt.MqttMessage;
import io.fieldloop.device.mqtt.MqttPacket;
import io.fieldloop.device.mqtt.MqttPackets;
import io.fieldloop.device.mqtt.MqttSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT client inside a modem: opens a socket, sends CONNECT, asks for a sign of life once per keep-alive, and tells what comes.
 *
 * <p>Of a CONNECT that nobody answers it says nothing. That a ping may take half a keep-alive is assumed.
 */
final class ModemMqtt extends ChannelInboundHandlerAdapter implements ModemSocket.Owner {

    private static final ByteBufAllocator ALLOCATOR = ByteBufAllocator.DEFAULT;

    private final String id;
    private final Dialogue dialogue;
    private final ModemSocket socket;
    private final boolean opensApart;
    private MqttSettings settings = MqttSettings.of("", "");
    private @Nullable Channel channel;
    private @Nullable Throwable seen;
    private boolean up;
    private boolean over;
    private boolean asked;
    private int packetId;

    /** @param opensApart whether the socket is told of before CONNECT is asked for */
    ModemMqtt(
            String id,
            String host,
            int port,
            boolean tls,
            boolean opensApart,
            Dialogue dialogue,
            @Nullable SocketWitness witness) {
        this.id = id;
        this.dialogue = dialogue;
        this.opensApart = opensApart;
        this.socket = new ModemSocket(
                0,
                "TCP",
                host,
                port,
                tls,
                this,
                pipeline -> pipeline.addLast("mqtt", new MqttDecoder()).addLast("client", this),
                witness);
    }

    void open(ModemNetwork network) {
        socket.open(network);
    }

    /** What the broker is told once the socket is open. */
    void connectAs(MqttSettings who) {
        settings = who;
        if (socket.isOpen()) {
            write(MqttPackets.connect(ALLOCATOR, settings));
        }
    }

    boolean isOver() {
        return over;
    }

    @Nullable
    Throwable seen() {
        return seen == null ? socket.seen() : seen;
    }

    void publish(String topic, String payload, int qos) {
        String text = MqttClients.text(payload);
        write(MqttPackets.publish(ALLOCATOR, new MqttMessage(topic, text, qos, false), ++packetId));
    }

    void subscribe(String topic) {
        write(MqttPackets.subscribe(ALLOCATOR, topic, ++packetId));
    }

    /** The power is gone, and nothing is said any more. */
    void forget() {
        over = true;
        socket.close();
    }

    /** It says DISCONNECT where it is let in, and its socket is closed. */
    void close() {
        if (up) {
            write(MqttPackets.disconnect(ALLOCATOR));
        }
        stop();
    }

    private void stop() {
        up = false;
        forget();
    }

    private void write(ByteBuf packet) {
        if (channel == null) {
            packet.release();
        } else {
            channel.writeAndFlush(packet);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    public void opened(ModemSocket opened, String problem) {
        if (!problem.isEmpty()) {
            stop();
            tell(opensApart ? "mqtt-opened" : "mqtt-lost", "mqtt-" + problem);
        } else if (opensApart) {
            tell("mqtt-opened", "");
        } else {
            connectAs(settings);
        }
    }

    @Override
    public void received(ModemSocket from, byte[] bytes) {}

    @Override
    public void lost(ModemSocket from) {
        over("mqtt-" + (socket.seen() == null ? "closed" : "lost"));
    }

    private void over(String problem) {
        if (!over) {
            stop();
            tell("mqtt-lost", problem);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof MqttPacket.Connack connack && !up) {
            answered(connack.returnCode());
        } else if (message instanceof MqttPacket.Publish publish) {
            published(publish);
        } else if (message instanceof MqttPacket.Pingresp) {
            answered();
        } else if (message instanceof MqttPacket.Malformed) {
            over("mqtt-lost");
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(int returnCode) {
        up = returnCode == 0;
        if (up) {
            pingLater();
        } else {
            seen = new NotLetIn(returnCode);
            stop();
        }
        String error = up ? "0" : dialogue.error("mqtt-refused");
        tell("mqtt-connected", gap -> gap.equals("code") ? Integer.toString(returnCode) : error);
    }

    private void published(MqttPacket.Publish publish) {
        ByteBuf payload = publish.payload();
        String length = Integer.toString(payload.readableBytes());
        String hex = ByteBufUtil.hexDump(payload).toUpperCase(Locale.ROOT);
        payload.release();
        if (publish.qos() == 1) {
            write(MqttPackets.puback(ALLOCATOR, publish.packetId()));
        }
        tell("mqtt-message", gap -> switch (gap) {
            case "topic" -> publish.topic();
            case "length" -> length;
            case "hex" -> hex;
            default -> Integer.toString(publish.packetId());
        });
    }

    private void pingLater() {
        Duration keepAlive = Duration.ofSeconds(settings.keepAliveSeconds());
        if (!keepAlive.isZero()) {
            dialogue.later(keepAlive, () -> ping(keepAlive.dividedBy(2)));
        }
    }

    private void ping(Duration patience) {
        if (!over) {
            asked = true;
            write(MqttPackets.pingreq(ALLOCATOR));
            dialogue.later(patience, () -> {
                if (asked) {
                    over("mqtt-ping");
                }
            });
        }
    }

    private void answered() {
        if (asked) {
            asked = false;
            pingLater();
        }
    }

    private void tell(String event, String problem) {
        String error = problem.isEmpty() ? "0" : dialogue.error(problem);
        tell(event, gap -> error);
    }

    private void tell(String event, UnaryOperator<String> values) {
        dialogue.tell(event, gap -> gap.equals("mqtt") ? id : values.apply(gap));
    }
}
