package io.fieldloop.device.link.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldloop.device.link.LinkedChannel;
import io.fieldloop.device.link.RecordingLinkListener;
import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.NameReply;
import io.fieldloop.device.link.event.RecordType;
import io.fieldloop.device.link.profile.LinkProfile;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lwIP makes of a name server, in frozen time over a link of 50 ms each way. */
final class ResolverTest {
    private static final InetAddress FIRST = address("192.0.2.1");
    private static final InetAddress SECOND = address("192.0.2.2");
    private static final InetAddress SIXTH = address("2001:db8::1");
    private static final Duration AT_ONCE = Duration.ZERO;

    private final LinkedChannel field = new LinkedChannel(LinkProfile.NONE.with("delay", "50ms"), 1);
    private final RecordingLinkListener events = new RecordingLinkListener();
    private final List<String> found = new ArrayList<>();
    private NameServer.Answer a = records(AT_ONCE, FIRST, SECOND);
    private NameServer.Answer aaaa = records(AT_ONCE);
    private final Resolver resolver = new Resolver((host, type) -> type == RecordType.A ? a : aaaa, field.link, events);

    private static InetAddress address(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }

    private static NameServer.Answer records(Duration after, InetAddress... addresses) {
        return new NameServer.Answer(NameReply.RECORDS, List.of(addresses), after, Duration.ofSeconds(30));
    }

    private static NameServer.Answer saying(NameReply reply) {
        return new NameServer.Answer(reply, List.of(), AT_ONCE, AT_ONCE);
    }

    private void resolve() {
        resolver.resolve("gateway.test", address -> found.add(address == null ? "none" : address.getHostAddress()));
    }

    private List<String> foundBy(long millis) {
        field.until(millis);
        return found;
    }

    @Test
    void takesTheFirstAddressAfterOneRoundTrip() {
        resolve();
        assertThat(foundBy(99)).isEmpty();
        assertThat(foundBy(100)).containsExactly("192.0.2.1");
        LinkEvent.NameAnswered answered = events.only(LinkEvent.NameAnswered.class);
        assertThat(answered.addresses()).isEqualTo("192.0.2.1 192.0.2.2");
        assertThat(answered.elapsed()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void asksForIpv6OnlyAfterAnEmptyAnswer() {
        aaaa = records(AT_ONCE, SIXTH);
        resolve();
        assertThat(foundBy(1000)).containsExactly("192.0.2.1");

        a = records(AT_ONCE);
        field.until(40_000);
        resolve();
        assertThat(foundBy(40_200)).containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void anErrorEndsItAtOnceWithoutAskingForIpv6() {
        a = saying(NameReply.NXDOMAIN);
        aaaa = records(AT_ONCE, SIXTH);
        resolve();
        assertThat(foundBy(100)).containsExactly("none");
        assertThat(events.kinds()).containsExactly("name-asked", "name-answered");
    }

    @Test
    void givesUpAfterSevenSecondsOfSilence() {
        a = saying(NameReply.SILENCE);
        resolve();
        assertThat(foundBy(6999)).isEmpty();
        assertThat(foundBy(7000)).containsExactly("none");
        assertThat(events.kinds()).containsExactly("name-asked");
    }

    @Test
    void anAnswerThatComesTooLateIsThrownAway() {
        a = records(Duration.ofSeconds(8), FIRST);
        resolve();
        assertThat(foundBy(10_000)).containsExactly("none");
        assertThat(events.only(LinkEvent.NameAnswered.class).elapsed()).isEqualTo(Duration.ofMillis(8100));
    }

    @Test
    void remembersAnAddressForItsTimeToLiveAndNoLonger() {
        resolve();
        field.until(100);
        a = records(AT_ONCE, SECOND);
        field.until(30_099);
        resolve();
        assertThat(found).containsExactly("192.0.2.1", "192.0.2.1");
        field.until(30_100);
        resolve();
        assertThat(foundBy(30_200)).containsExactly("192.0.2.1", "192.0.2.1", "192.0.2.2");
    }

    @Test
    void theLinksNameServerGoesBeforeTheScenarios() {
        field.link.change(LinkProfile.NONE.with("dns", "failing"));
        resolve();
        assertThat(foundBy(1)).containsExactly("none");
        assertThat(events.only(LinkEvent.NameAnswered.class).answer()).isEqualTo(NameReply.SERVFAIL);
    }
}
