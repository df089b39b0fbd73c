package io.fieldloop.scenario.rig.socket;

import io.fieldloop.device.DatagramDialer;
import io.fieldloop.device.Dialer;
import io.fieldloop.device.link.Link;
import io.fieldloop.device.link.event.LinkTap;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.DeviceSetup;
import io.fieldloop.scenario.rig.FailedDial;
import io.fieldloop.scenario.rig.FieldDevice;
import io.fieldloop.scenario.rig.SimulatedDevice;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What rigs with simulated devices on real sockets have in common: every device's connections pass a link proxy of their own. */
public abstract class ProxiedRig extends LoopbackRig {
    private final List<ProxyPaths> paths = new CopyOnWriteArrayList<>();
    private final List<DatagramRelay> relays = new CopyOnWriteArrayList<>();
    protected final LinkCaptures captures;

    public ProxiedRig(LinkCaptures captures) {
        this.captures = captures;
    }

    /** The dialer of a device on this link. */
    protected abstract Dialer dialer(Link link, DeviceSetup setup);

    /** Where a device that dials this gets, or null where it finds no such name. */
    protected abstract @Nullable InetSocketAddress place(String host, int port);

    /** The port that captures show for this place. */
    protected abstract int shownPort(SocketAddress place);

    @Override
    public final RigKind kind() {
        return RigKind.SOCKET;
    }

    @Override
    public final FieldDevice device(DeviceSetup setup) {
        LinkTap tap = captures.tap(setup.name(), stage.clock(), setup.source(), this::shownPort);
        return new SimulatedDevice(
                setup, this, tap, link -> dialer(link, setup), link -> datagramDialer(link, setup.source()));
    }

    @Override
    public final void noted(JournalEntry entry) {
        captures.noted(entry);
    }

    /** Ways over the link; connections of theirs come from the source, or from wherever the machine has them come from. */
    protected final ProxyPaths ways(Link link, @Nullable InetAddress source) {
        ProxyPaths ways = new ProxyPaths(link, source, stage);
        paths.add(ways);
        return ways;
    }

    private DatagramDialer datagramDialer(Link link, InetAddress source) {
        DatagramRelay relay = new DatagramRelay(link.loop(), stage.transport().datagramChannel());
        relays.add(relay);
        return (dialLoop, host, port, pipeline) -> {
            InetSocketAddress place = place(host, port);
            return place == null ? FailedDial.unknownHost(dialLoop, host) : relay.dial(link, source, place, pipeline);
        };
    }

    /** All that was open is closed; what was seen is still to be put away. */
    protected final void closeWays() {
        stage.loop()
                .submit(() -> {
                    paths.forEach(ProxyPaths::close);
                    relays.forEach(DatagramRelay::close);
                })
                .awaitUninterruptibly(5, TimeUnit.SECONDS);
        stage.close();
    }

    @Override
    public void close() {
        closeWays();
        captures.close();
    }
}
