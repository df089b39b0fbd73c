package io.fieldloop.scenario.rig.name;

import io.fieldloop.device.attempt.NameLookup;
import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.name.Resolver;
import io.fieldloop.scenario.model.NamedPlace;
import io.fieldloop.scenario.rig.DeviceJournal;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One device's way to hosts whose addresses matter: it asks for the name over its link, and connects to the one address it gets. */
public final class NamedDialer {
    private final Link link;
    private final Resolver resolver;
    private final Way way;
    private final Places places;

    /** How the rig opens a connection whose far end becomes known later; a target that never comes is a SYN that nobody answers. */
    public interface Way {
        ChannelFuture open(CompletableFuture<Target> target, ChannelHandler pipeline);
    }

    /** Where in the rig a place is. */
    public interface Places {
        SocketAddress of(NamedPlace place, boolean sixth, int port);
    }

    /** Where a connection really goes, and whether it counts as one by IPv6. */
    public record Target(SocketAddress address, boolean sixth) {}

    public NamedDialer(Link link, NameZone zone, DeviceJournal journal, Way way, Places places) {
        this.link = link;
        this.resolver = new Resolver(zone, link, event -> journal.link(event.kind(), event.attributes()));
        this.way = way;
        this.places = places;
    }

    public ChannelFuture dial(String host, int port, ChannelHandler pipeline) {
        CompletableFuture<Target> target = new CompletableFuture<>();
        ChannelFuture dialled = way.open(target, pipeline);
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            lead(literal, port, target);
        } else {
            tell(dialled, new NameLookup.Asked());
            resolver.resolve(host, address -> found(host, address, port, dialled, target));
        }
        return dialled;
    }

    private void found(
            String host,
            @Nullable InetAddress address,
            int port,
            ChannelFuture dialled,
            CompletableFuture<Target> target) {
        if (address == null) {
            target.completeExceptionally(new UnknownHostException(host));
        } else {
            tell(dialled, new NameLookup.Found(host, address));
            lead(address, port, target);
        }
    }

    private static void tell(ChannelFuture dialled, NameLookup event) {
        dialled.channel().pipeline().fireUserEventTriggered(event);
    }

    private void lead(InetAddress address, int port, CompletableFuture<Target> target) {
        NamedPlace place = NamedPlace.at(address);
        if (!link.profile().access().ip().carries(address)) {
            target.completeExceptionally(new NoRouteToHostException("No route to host"));
        } else if (place != NamedPlace.NOWHERE) {
            boolean sixth = NamedPlace.arrivesAsIpv6(address);
            target.complete(new Target(places.of(place, sixth, port), sixth));
        }
    }
}
