package io.fieldloop.server.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldloop.server.Gateway;
import io.fieldloop.server.GatewayConfig;
import io.fieldloop.server.GatewayRuntime;
import io.fieldloop.server.ListenerConfig;
import io.fieldloop.server.connection.LimitsConfig;
import io.fieldloop.server.connection.Rate;
import io.fieldloop.server.session.Session;
import io.fieldloop.server.session.SessionConfig;
import io.fieldloop.server.session.SessionHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A gateway for MQTT and voice in a process of its own, hardened as by default; on a second port its sessions send voice back.
 *
 * <p>Prints the MQTT port of each, and ends with its standard input.
 */
final class MqttGatewayProcess {
    private static final Rate NO_LIMIT = new Rate(100_000, Duration.ofSeconds(1));

    private MqttGatewayProcess() {}

    public static void main(String[] arguments) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (Gateway gateway = start(config().build(), group);
                Gateway echo = start(config().sessionHandler(EchoedVoice::new).build(), group)) {
            System.out.println(port(gateway) + " " + port(echo));
            while (System.in.read() >= 0) {
                // Only the end of it is of interest.
            }
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
    }

    private static Gateway start(GatewayConfig config, EventLoopGroup group) throws Exception {
        return Gateway.start(config, GatewayRuntime.onSockets(group), event -> {})
                .get(10, TimeUnit.SECONDS);
    }

    private static GatewayConfig.Builder config() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return GatewayConfig.builder()
                .listener(new ListenerConfig.Mqtt("mqtt", anyPort, null))
                .listener(new ListenerConfig.Voice("voice", anyPort))
                .session(SessionConfig.builder().idle(Duration.ofHours(1)).build())
                .limits(LimitsConfig.builder()
                        .connectionsPerSource(Integer.MAX_VALUE)
                        .refusalsPerSource(NO_LIMIT)
                        .alarm(NO_LIMIT)
                        .build());
    }

    private static int port(Gateway gateway) {
        return ((InetSocketAddress) gateway.address("mqtt")).getPort();
    }

    /** Answers a hello with a way for voice, and each packet with itself. */
    private record EchoedVoice(Session session) implements SessionHandler {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public void text(String text) {
            ObjectNode hello = JSON.createObjectNode().put("type", "hello").put("transport", "udp");
            session.openAudio(hello);
            session.sendText(hello.toString());
        }

        @Override
        public void binary(ByteBuf message) {
            session.sendBinary(message.retain());
        }
    }
}
