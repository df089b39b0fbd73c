package io.fieldloop.scenario.junit;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.LinkProxy;
import io.fieldloop.device.link.LinkProxyConfig;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.device.link.profile.LinkProfiles;
import io.fieldloop.scenario.rig.DeviceJournal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A 4G link in front of a server, for clients of one's own: what dials {@link #url} reaches the server through it.
 *
 * <p>Lane {@code link} of the journal; its packets are captured.
 */
public final class FieldLink implements FieldPart {
    private static final String NAME = "link";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LinkProfile profile;
    private Supplier<String> server = () -> {
        throw new IllegalStateException("The link leads nowhere; say where with to().");
    };
    private long seed = 1;
    private @Nullable Link link;
    private @Nullable LinkProxy proxy;
    private @Nullable String url;

    private FieldLink(LinkProfile profile) {
        this.profile = profile;
    }

    /** A link of a preset; {@code fieldloop link} lists them. */
    public static FieldLink preset(String name) {
        return new FieldLink(LinkProfiles.named(name));
    }

    /** A link with its own numbers. */
    public static FieldLink of(LinkProfile profile) {
        return new FieldLink(profile);
    }

    /** Leads to that server; asked for when the link starts. */
    public FieldLink to(Supplier<String> url) {
        server = url;
        return this;
    }

    /** Leads to that gateway. */
    public FieldLink to(FieldGateway gateway) {
        return to(gateway::url);
    }

    /** Decides the fate of its packets; 1 unless said. */
    public FieldLink seed(long value) {
        seed = value;
        return this;
    }

    @Override
    public FieldLink start(FieldRun run) {
        ServerAddress far = ServerAddress.of(server.get());
        LinkTap tap = run.captures()
                .tap(
                        NAME,
                        run.stage().clock(),
                        InetAddress.getLoopbackAddress(),
                        place -> ((InetSocketAddress) place).getPort());
        DeviceJournal journal = run.wiring().deviceNamed(NAME);
        Link made = new Link(
                profile, seed, run.stage().loop(), event -> journal.link(event.kind(), event.attributes()), tap);
        LinkProxy front = LinkProxy.start(LinkProxyConfig.to(far.resolved()), made)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        link = made;
        proxy = front;
        url = far.behind(front.address().getPort()).url();
        return this;
    }

    /** What the client is to dial, {@code tcp} or {@code ssl} where it has another word for {@code mqtt} and {@code mqtts}; TLS passes through, to a server that must be {@code localhost} to whoever checks names. */
    public String url() {
        return Objects.requireNonNull(url, "The link has not been started; put @StartStop on its field.");
    }

    /** What happens on it: outages, NAT, other numbers. */
    public LinkControl link() {
        return Objects.requireNonNull(link, "The link has not been started; put @StartStop on its field.");
    }

    @Override
    public void close() {
        if (proxy != null) {
            proxy.stop()
                    .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        if (link != null) {
            link.close();
        }
    }
}
