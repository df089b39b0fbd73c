package io.fieldloop.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.server.connection.AdmissionConfig;
import io.fieldloop.server.event.GatewayListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
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
        Path source = Path.of("src/test/java/io/fieldloop/server/EmbeddingExampleTest.java");
        List<String> lines = Files.readAllLines(source);
        String indent = " ".repeat(8);
        String shown = lines
                .subList(lines.indexOf(indent + "// README begins") + 1, lines.indexOf(indent + "// README ends"))
                .stream()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + shown + "\n```");
    }
}
