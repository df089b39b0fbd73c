package io.fieldloop.scenario.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.OutageKind;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.server.connection.GatewayConfigException;
import io.netty.channel.DefaultEventLoop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Datagrams through the links in front of a gateway, which here sends each back itself. */
class LiveLinksTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int SILENCE_MILLIS = 400;

    private final LiveLinks links = new LiveLinks(LinkProfile.NONE);

    @AfterEach
    void close() {
        links.close();
    }

    @Test
    void datagramsMeetAnOutageAsLongAsItIsOn() throws IOException {
        try (DatagramSocket gateway = new DatagramSocket(0, LOOPBACK);
                DatagramSocket device = new DatagramSocket(0, LOOPBACK)) {
            LiveLinks.Voice voice = links.leadDatagrams(new InetSocketAddress(LOOPBACK, 0));
            voice.lead().accept((InetSocketAddress) gateway.getLocalSocketAddress());
            assertThat(echoed(gateway, device, voice.at(), "one")).isEqualTo("one");

            links.begin(
                            1,
                            Set.of(LOOPBACK),
                            new Step.Outage(Names.of("all"), Duration.ofHours(1), OutageKind.SILENT),
                            Duration.ofHours(1))
                    .syncUninterruptibly();
            assertThatThrownBy(() -> echoed(gateway, device, voice.at(), "lost"))
                    .isInstanceOf(SocketTimeoutException.class);

            links.end(1).syncUninterruptibly();
            assertThat(echoed(gateway, device, voice.at(), "two")).isEqualTo("two");
        }
    }

    @Test
    void aPortThatIsTakenIsOneSentence() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress at = (InetSocketAddress) taken.getLocalSocketAddress();

            assertThatThrownBy(() -> links.leadDatagrams(at))
                    .isInstanceOf(GatewayConfigException.class)
                    .hasMessageContaining("The link cannot listen for datagrams on 127.0.0.1:" + at.getPort());
        }
    }

    /** Of two that are on the later one holds, and then what was said at first. */
    @Test
    void theNameServerOfAnAttachedDeviceSaysWhatWasAskedForLast() {
        List<String> said = new CopyOnWriteArrayList<>();
        links.attach(
                LiveLinks.OWN,
                new Link(LinkProfile.NONE, 1, new DefaultEventLoop(), event -> {}),
                (host, answer) -> said.add(host + " " + (answer == null ? "as at first" : answer.says())));

        links.begin(1, named(NameReply.SERVFAIL)).syncUninterruptibly();
        links.begin(2, named(NameReply.SILENCE)).syncUninterruptibly();
        links.end(2).syncUninterruptibly();
        links.end(1).syncUninterruptibly();

        assertThat(said)
                .containsExactly(
                        "gateway.test SERVFAIL",
                        "gateway.test SILENCE",
                        "gateway.test SERVFAIL",
                        "gateway.test as at first");
    }

    private static Step.ChangeName named(NameReply says) {
        return new Step.ChangeName(
                "gateway.test", new NameSpec(List.of(), List.of(), says, Duration.ZERO, Duration.ofSeconds(1), false));
    }

    private static String echoed(DatagramSocket gateway, DatagramSocket device, InetSocketAddress at, String text)
            throws IOException {
        gateway.setSoTimeout(text.equals("lost") ? SILENCE_MILLIS : 10_000);
        device.setSoTimeout(10_000);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        device.send(new DatagramPacket(bytes, bytes.length, at));
        DatagramPacket arrived = new DatagramPacket(new byte[100], 100);
        gateway.receive(arrived);
        assertThat(arrived.getAddress()).isEqualTo(LiveLinks.OWN);
        gateway.send(new DatagramPacket(arrived.getData(), arrived.getLength(), arrived.getSocketAddress()));
        DatagramPacket back = new DatagramPacket(new byte[100], 100);
        device.receive(back);
        return new String(back.getData(), 0, back.getLength(), StandardCharsets.US_ASCII);
    }
}
