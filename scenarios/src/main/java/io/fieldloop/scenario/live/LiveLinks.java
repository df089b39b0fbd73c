package io.fieldloop.scenario.live;

import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.LinkControl;
import io.fieldloop.device.link.LinkProxy;
import io.fieldloop.device.link.LinkProxyConfig;
import io.fieldloop.device.link.SocketTransport;
import io.fieldloop.device.link.profile.LinkProfile;
import io.fieldloop.scenario.model.NameSpec;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.rig.LinkSteps;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.socket.DatagramRelay;
import io.fieldloop.scenario.rig.socket.DatagramWays;
import io.fieldloop.server.connection.GatewayConfigException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A modelled link between each address devices come from and the gateway's listeners, for TCP and UDP.
 *
 * <p>Links are told apart by address, because a connection does not say whose it is before it is open. All of it happens on one loop.
 */
public final class LiveLinks implements AutoCloseable {
    /** From where the gateway is reached; on Linux all of 127.0.0.0/8 is this machine. */
    static final InetAddress OWN = LoopbackSources.parse("127.0.66.1");

    /** More addresses than this share the last link, so that invented ones cannot fill memory. */
    private static final int LINKS_MAX = 1024;

    private final LinkProfile base;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fieldloop-link", true), SocketTransport.preciseIoHandler());
    private final EventLoop loop = group.next();
    private final List<LinkProxy> proxies = new CopyOnWriteArrayList<>();
    private final List<Channel> datagrams = new CopyOnWriteArrayList<>();
    private final DatagramRelay relay =
            new DatagramRelay(loop, SocketTransport.of(group).datagramChannel());
    private final Map<InetAddress, Link> links = new HashMap<>();
    private final Map<InetAddress, LinkControl> attached = new HashMap<>();
    private final Map<Long, Change> changes = new LinkedHashMap<>();
    private final Map<Long, Step.ChangeName> names = new LinkedHashMap<>();
    private final List<LinkProxy> relays = new CopyOnWriteArrayList<>();
    private volatile @Nullable NameServer nameServer;

    /** @param endNanos of the loop's clock */
    private record Change(Set<InetAddress> of, Step.OnLink step, long endNanos) {
        boolean meets(InetAddress source) {
            return of.isEmpty() || of.contains(source);
        }
    }

    /**
     * Links for addresses, none at first.
     *
     * @param base what each is like until it is changed
     */
    public LiveLinks(LinkProfile base) {
        this.base = base;
    }

    /** Listens there for devices and leads them to the gateway's listener; never call it on an event loop. */
    public InetSocketAddress lead(InetSocketAddress front, InetSocketAddress gateway) {
        try {
            LinkProxy proxy = LinkProxy.start(
                            new LinkProxyConfig(front, gateway, OWN), loop, client -> link(client.getAddress()))
                    .join();
            proxies.add(proxy);
            return proxy.address();
        } catch (CompletionException taken) {
            throw new GatewayConfigException(
                    String.valueOf(
                            Objects.requireNonNullElse(taken.getCause(), taken).getMessage()),
                    taken);
        }
    }

    /** Leads whoever comes there to the gateway's listener as if from {@code source}, past these links; never call it on an event loop. */
    public InetSocketAddress relay(InetAddress source, InetSocketAddress gateway) {
        Link direct = new Link(LinkProfile.NONE, 0, loop, event -> {});
        LinkProxy relay = LinkProxy.start(LinkProxyConfig.to(gateway).withSourceAddress(source), direct)
                .join();
        relays.add(relay);
        return relay.address();
    }

    /**
     * Has changes act on a link that is not one of these, too, and on what its name server says.
     *
     * @param source what its end is called
     */
    public void attach(InetAddress source, LinkControl link, NameServer says) {
        nameServer = says;
        loop.submit(() -> attached.put(source, link)).syncUninterruptibly();
    }

    /** A name server that can be made to say something else. */
    @FunctionalInterface
    public interface NameServer {
        /** From now on it says that of the host; null for what it said at first. */
        void say(String host, @Nullable NameSpec answer);
    }

    /** Whether somebody asks a name server that can be changed. */
    boolean hasNames() {
        return nameServer != null;
    }

    /** Has it say something else. */
    Future<?> begin(long number, Step.ChangeName name) {
        return loop.submit(() -> {
            names.put(number, name);
            say(name.of());
        });
    }

    /** The latest that was asked for, else what was said at first. */
    private void say(String host) {
        NameSpec answer = null;
        for (Step.ChangeName name : names.values()) {
            answer = name.of().equals(host) ? name.answer() : answer;
        }
        Objects.requireNonNull(nameServer).say(host, answer);
    }

    /**
     * Listens there for datagrams, before it is known where they are to be led; what comes before that is lost, as datagrams are. Never
     * call it on an event loop.
     */
    public Voice leadDatagrams(InetSocketAddress front) {
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channel(SocketTransport.of(group).datagramChannel())
                .handler(new ChannelInboundHandlerAdapter())
                .bind(front)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new GatewayConfigException(
                    "The link cannot listen for datagrams on "
                            + front.getAddress().getHostAddress() + ":" + front.getPort() + ": "
                            + bound.cause().getMessage() + ".",
                    bound.cause());
        }
        datagrams.add(bound.channel());
        return new Voice(
                (InetSocketAddress) bound.channel().localAddress(),
                gateway -> loop.submit(() -> bound.channel()
                                .pipeline()
                                .addLast(new DatagramWays(
                                        (device, back) -> relay.dial(link(device.getAddress()), OWN, gateway, back))))
                        .syncUninterruptibly());
    }

    /**
     * A way for datagrams.
     *
     * @param at where devices send them
     * @param lead to be told where the gateway takes them, not on an event loop; what comes from then on is led there
     */
    public record Voice(InetSocketAddress at, Consumer<InetSocketAddress> lead) {}

    /** Who is behind a connection that the gateway has accepted. */
    public InetAddress sourceOf(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            return InetAddress.getLoopbackAddress();
        }
        for (LinkProxy proxy : proxies) {
            InetSocketAddress client = proxy.clientAt(peer);
            if (client != null) {
                return client.getAddress();
            }
        }
        return peer.getAddress();
    }

    /**
     * Does something to links, those of addresses that come while it lasts too.
     *
     * @param of whose links; empty for all
     */
    Future<?> begin(long number, Set<InetAddress> of, Step.OnLink step, Duration lasts) {
        return loop.submit(() -> {
            Change change = new Change(of, step, loop.ticker().nanoTime() + lasts.toNanos());
            if (!lasts.isZero()) {
                changes.put(number, change);
            }
            perform(change, lasts);
        });
    }

    /** Takes it back, where that can be. */
    Future<?> end(long number) {
        return loop.submit(() -> {
            Change change = changes.remove(number);
            if (change != null) {
                perform(change, Duration.ZERO);
            }
            Step.ChangeName name = names.remove(number);
            if (name != null) {
                say(name.of());
            }
        });
    }

    private void perform(Change change, Duration left) {
        for (Map<InetAddress, ? extends LinkControl> known : List.of(links, attached)) {
            known.forEach((source, link) -> {
                if (change.meets(source)) {
                    perform(change.step(), source, link, left);
                }
            });
        }
    }

    private Link link(InetAddress source) {
        Link known = links.get(source);
        if (known != null || links.size() >= LINKS_MAX) {
            return known != null ? known : links.values().iterator().next();
        }
        Link link = new Link(profileOf(source), links.size() + 1L, loop, event -> {});
        links.put(source, link);
        long now = loop.ticker().nanoTime();
        changes.values().stream()
                .filter(change -> change.meets(source) && change.endNanos() > now)
                .forEach(change -> perform(change.step(), source, link, Duration.ofNanos(change.endNanos() - now)));
        return link;
    }

    private LinkProfile profileOf(InetAddress source) {
        LinkProfile profile = base;
        for (Change change : changes.values()) {
            if (change.meets(source) && change.step() instanceof Step.ChangeLink to) {
                profile = to.link().profile();
            }
        }
        return profile;
    }

    /** A link that is changed by more than one is what the latest says, and its base when none does any more. */
    private void perform(Step.OnLink step, InetAddress source, LinkControl link, Duration left) {
        if (step instanceof Step.ChangeLink) {
            link.change(profileOf(source));
        } else {
            LinkSteps.perform(step.lasting(left), link);
        }
    }

    @Override
    public void close() {
        proxies.forEach(LinkProxy::stop);
        relays.forEach(LinkProxy::stop);
        datagrams.forEach(Channel::close);
        loop.execute(() -> {
            relay.close();
            links.values().forEach(Link::close);
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
