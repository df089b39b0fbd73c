package io.fieldloop.server;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.event.GatewayListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The README's way of embedding a gateway is this code, line by line. */
class EmbeddingExampleTest {
    @Test
    void runs() {
        // README begins
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        GatewayConfig config = GatewayConfig.builder()
                .listener(ListenerConfig.plain("ws", new InetSocketAddress(0)))
                .admission(AdmissionConfig.builder()
                        .requireToken("a secret of yours")
                        .build())
                .build();
        GatewayListener journal = event -> System.out.println(event.kind() + " " + event.attributes());
        try (Gateway gateway =
                Gateway.start(config, GatewayRuntime.onSockets(group), journal).join()) {
            System.out.println("Devices connect to " + gateway.address("ws") + GatewayConfig.PATH);
        } finally {
            group.shutdownGracefully();
        }
        // README ends
    }

    @Test
    void isWhatTheReadmeShows() throws IOException {
        ReadmeExample.assertShown(EmbeddingExampleTest.class);
    }
}
