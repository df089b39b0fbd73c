package io.fieldloop.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.event.TurnOutcome;
import io.fieldloop.device.profile.DeviceProfile;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The snippet of the README, compiled and run. */
class EmbeddingTest {

    private final List<String> printed = new CopyOnWriteArrayList<>();

    // snippet begins
    TurnOutcome askTheGateway(EventLoopGroup group, SecureRandom random, InstantSource clock) {
        Dialer dialer = (loop, host, port, pipeline) -> new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(pipeline)
                .connect(host, port);
        DeviceConfig config = DeviceConfig.of(
                        "door", DeviceProfile.named("xiaozhi-wifi"), "ws://localhost:1/xiaozhi/v1/")
                .withUserPolicy(new UserPolicy(Duration.ofSeconds(5), Duration.ofSeconds(2), 3));
        Device device = new Device(
                config,
                new DeviceRuntime(group.next(), dialer, random, clock),
                event -> printed.add(event.kind() + event.attributes()));
        TurnOutcome outcome = device.openChannel()
                .thenCompose(opened -> device.talk(Duration.ofSeconds(2)))
                .join();
        device.closeChannel();
        return outcome;
    }
    // snippet ends

    @Test
    void runs() {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            TurnOutcome outcome = askTheGateway(group, Bench.seeded(), InstantSource.fixed(Instant.EPOCH));
            assertThat(outcome).isInstanceOf(TurnOutcome.Failed.class);
            assertThat(printed)
                    .anySatisfy(line -> assertThat(line).startsWith("refused{reason=tcp-refused, code=0x6f"));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void isTheSnippetOfTheReadme() throws Exception {
        String source = Files.readString(Path.of("src/test/java/io/fieldloop/device/EmbeddingTest.java"));
        String snippet = source.substring(
                        source.indexOf("// snippet begins\n") + 18, source.indexOf("    // snippet ends"))
                .indent(-4);
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + snippet + "```");
    }
}
