package io.fieldloop.scenario.rig.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Seeds;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Datagrams between a device and a gateway-side socket of the virtual rig, through the link:
 *
 * <pre>
 * device -- link (loss, delay, order, NAT) -- VOICE listener, which answers "n" with "re: n"
 * </pre>
 */
final class VirtualDatagramsTest {
    private static final Rig.NominalListener VOICE = new Rig.NominalListener("voice", 8884);
    private static final InetAddress SOURCE = LoopbackSources.ofDevice(0);

    private final VirtualRig rig = new VirtualRig(new Seeds(7));
    private final List<String> served = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<InetSocketAddress> senders = new ArrayList<>();
    private final List<LinkEvent> events = new ArrayList<>();
    private Channel gateway = rig.newDatagramChannel();

    @AfterEach
    void closeRig() {
        rig.close();
    }

    /** Runs in virtual time until nothing is left to happen within ten minutes. */
    private void on(LinkProfile profile, Exchange exchange) {
        Link link = rig.loop()
                .submit(() -> new Link(profile, 7, rig.loop(), events::add))
                .syncUninterruptibly()
                .getNow();
        CompletableFuture<Void> over = new CompletableFuture<>();
        rig.loop().execute(() -> {
            InetSocketAddress voice = new InetSocketAddress(InetAddress.getLoopbackAddress(), VOICE.port());
            new Bootstrap()
                    .group(rig.loop())
                    .channelFactory(rig.gatewayRuntime().datagramChannels())
                    .handler(new Answering())
                    .bind(voice);
            rig.gatewayAt(VOICE, voice);
            Channel device = rig.datagramDialer(link, SOURCE)
                    .dial(rig.loop(), "gateway.test", VOICE.port(), new Hearing())
                    .channel();
            exchange.happens(link, device);
            rig.loop().schedule(() -> over.complete(null), 10, TimeUnit.MINUTES);
        });
        over.join();
    }

    private void say(Channel device, Duration after, String text) {
        rig.loop()
                .schedule(
                        () -> device.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)),
                        after.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void sayHundred(Channel device) {
        IntStream.range(0, 100).forEach(number -> say(device, Duration.ofMillis(60L * number), "" + number));
    }

    private static LinkProfile profile(String... keysAndValues) {
        LinkProfile profile = LinkProfile.NONE;
        for (int i = 0; i < keysAndValues.length; i += 2) {
            profile = profile.with(keysAndValues[i], keysAndValues[i + 1]);
        }
        return profile;
    }

    @Test
    void payloadsCrossTheLinkBothWaysAndTakeItsDelay() {
        on(profile("delay", "80ms"), (link, device) -> say(device, Duration.ofSeconds(1), "one"));
        assertThat(served).containsExactly("one at 1080");
        assertThat(heard).containsExactly("re: one at 1160");
    }

    @Test
    void aLostDatagramStaysLostAndTheSameOnesAreLostAgain() {
        on(profile("loss", "20%"), (link, device) -> sayHundred(device));
        assertThat(served).hasSizeBetween(60, 95);
        assertThat(heard).hasSizeLessThan(served.size());
        assertThat(events).anyMatch(LinkEvent.Dropped.class::isInstance);
        VirtualDatagramsTest again = new VirtualDatagramsTest();
        again.on(profile("loss", "20%"), (link, device) -> again.sayHundred(device));
        again.closeRig();
        assertThat(again.heard).isEqualTo(heard);
    }

    @Test
    void datagramsAreReorderedAndDuplicatedWhereTheLinkDoesThat() {
        on(profile("reorder", "20%", "reorder-by", "200ms", "duplicate", "10%"), (link, device) -> sayHundred(device));
        List<String> texts = served.stream()
                .map(text -> text.substring(0, text.indexOf(' ')))
                .toList();
        assertThat(texts).hasSizeGreaterThan(100);
        assertThat(texts.stream().distinct()).hasSize(100);
        assertThat(texts)
                .isNotEqualTo(texts.stream()
                        .sorted((a, b) -> Integer.parseInt(a) - Integer.parseInt(b))
                        .toList());
    }

    @Test
    void anIdleMappingIsForgottenAndTheNextDatagramComesFromAnotherPort() {
        on(profile("nat-idle-udp", "30s"), (link, device) -> {
            say(device, Duration.ofSeconds(1), "before");
            say(device, Duration.ofSeconds(50), "after");
        });
        assertThat(served).containsExactly("before at 1000", "after at 50000");
        assertThat(senders.get(0)).isNotEqualTo(senders.get(1));
        assertThat(heard).as("the new mapping hears").containsExactly("re: before at 1000", "re: after at 50000");
        assertThat(events)
                .filteredOn(event -> !(event instanceof LinkEvent.DatagramsPassed))
                .hasExactlyElementsOfTypes(LinkEvent.NatExpired.class);
    }

    @Test
    void afterARebindWhatTheGatewaySendsToTheOldPortReachesNobody() {
        on(LinkProfile.NONE, (link, device) -> {
            say(device, Duration.ofSeconds(1), "before");
            rig.loop().schedule(link::natRebind, 2, TimeUnit.SECONDS);
            rig.loop().schedule(() -> lateAnswer(senders.get(0)), 3, TimeUnit.SECONDS);
            say(device, Duration.ofSeconds(4), "after");
            rig.loop().schedule(() -> lateAnswer(senders.get(0)), 5, TimeUnit.SECONDS);
        });
        assertThat(heard).containsExactly("re: before at 1000", "re: after at 4000");
        assertThat(senders.get(1)).isNotEqualTo(senders.get(0));
    }

    @Test
    void aBlackHoleSwallowsWhatIsSentMeanwhile() {
        on(LinkProfile.NONE, (link, device) -> {
            rig.loop().schedule(() -> link.blackhole(Duration.ofSeconds(5)), 2, TimeUnit.SECONDS);
            say(device, Duration.ofSeconds(3), "swallowed");
            say(device, Duration.ofSeconds(8), "through");
        });
        assertThat(heard).containsExactly("re: through at 8000");
    }

    @Test
    void aNameThatDoesNotResolveFailsTheDial() {
        on(
                LinkProfile.NONE,
                (link, device) -> assertThat(rig.datagramDialer(link, SOURCE)
                                .dial(rig.loop(), "elsewhere.test", 1, new Hearing())
                                .cause())
                        .isInstanceOf(UnknownHostException.class));
    }

    private void lateAnswer(InetSocketAddress to) {
        gateway.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer("late", StandardCharsets.US_ASCII), to));
    }

    private String at(ByteBuf text) {
        return text.toString(StandardCharsets.US_ASCII) + " at " + TimeUnit.NANOSECONDS.toMillis(rig.nanosSinceStart());
    }

    /** What happens, on the loop at time zero; what it schedules happens later. */
    private interface Exchange {
        void happens(Link link, Channel device);
    }

    private final class Answering extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            gateway = ctx.channel();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
            served.add(at(packet.content()));
            senders.add(packet.sender());
            ByteBuf answer = Unpooled.copiedBuffer(
                    "re: " + packet.content().toString(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
            ctx.writeAndFlush(new DatagramPacket(answer, packet.sender()));
        }
    }

    private final class Hearing extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf payload) {
            heard.add(at(payload));
        }
    }
}
