package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.link.PortMap;
import io.fieldloop.scenario.model.NamedPlace;
import io.fieldloop.scenario.rig.LoopbackSources;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.Rig.NominalListener;
import io.fieldloop.scenario.rig.name.NameZone;
import io.fieldloop.scenario.rig.socket.LoopbackStage;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listeners of the gateway for each device.
 *
 * <p>All of QEMU comes from 127.0.0.1, so it is the port a connection came to that tells whose it is.
 */
final class DeviceListeners {
    /** What stands between a listener and the device that comes to it by IPv6, in the name of one at an IPv6 address. */
    private static final String SIXTH = "/ipv6#";

    private final LoopbackStage stage;
    private final List<FirmwareDevice> devices;
    private final Map<Integer, InetAddress> sourceByPort = new ConcurrentHashMap<>();

    /** Devices may join until the gateway starts. */
    DeviceListeners(LoopbackStage stage, List<FirmwareDevice> devices) {
        this.stage = stage;
        this.devices = devices;
    }

    /** The address of the device that made a connection to the gateway. */
    InetAddress sourceOf(Channel channel) {
        int port = ((InetSocketAddress) channel.localAddress()).getPort();
        return sourceByPort.getOrDefault(port, ((InetSocketAddress) channel.remoteAddress()).getAddress());
    }

    /** Those of the gateway for a nominal one: its own, and one or two for each device. */
    List<NominalListener> of(NominalListener nominal) {
        List<NominalListener> listeners = new ArrayList<>(List.of(nominal));
        if (nominal.equals(Rig.UDP)) {
            return listeners; // packets tell by themselves whose they are
        }
        for (FirmwareDevice device : devices) {
            listeners.add(new NominalListener(listenerName(nominal, device), nominal.port()));
            if (device.hasIpv6()) {
                listeners.add(new NominalListener(nominal.name() + SIXTH + device.name(), nominal.port()));
            }
        }
        return listeners;
    }

    private static boolean isSixth(NominalListener listener) {
        return listener.name().contains(SIXTH);
    }

    private static boolean isOf(FirmwareDevice device, NominalListener listener) {
        int mark = listener.name().indexOf('#');
        return mark > 0 && listener.name().substring(mark + 1).equals(device.name());
    }

    private static String listenerName(NominalListener nominal, FirmwareDevice device) {
        return nominal.name() + "#" + device.name();
    }

    SocketAddress bindAddress(NominalListener listener) {
        return stage.bindAddress(listener, isSixth(listener) ? NetUtil.LOCALHOST6 : InetAddress.getLoopbackAddress());
    }

    void gatewayAt(NominalListener listener, SocketAddress bound) {
        stage.gatewayAt(listener, bound);
        int port = ((InetSocketAddress) bound).getPort();
        for (FirmwareDevice device : devices) {
            if (listener.equals(Rig.UDP)) {
                device.ports().lead(listener.port(), port);
            } else if (isOf(device, listener) && isSixth(listener)) {
                device.sixthPorts().lead(listener.port(), port);
                sourceByPort.put(port, LoopbackSources.sixth(device.source()));
            } else if (isOf(device, listener)) {
                device.ports().lead(listener.port(), port);
                sourceByPort.put(port, device.source());
            }
        }
    }

    /** The addresses that names of the scenario have, and URLs may have, lead there as they do for simulated devices. */
    void lead(FirmwareDevice device, NameZone zone) {
        for (boolean sixth : new boolean[] {false, true}) {
            PortMap gateway = sixth ? device.sixthPorts() : device.ports();
            device.ports().stand(NamedPlace.GATEWAY.address(sixth), gateway::actual);
            device.ports().stand(NamedPlace.CLOSED.address(sixth), port -> LoopbackStage.NOBODYS_PORT);
        }
        device.ports().stand(NamedPlace.GATEWAY.behindNat64(), device.sixthPorts()::actual);
        if (zone.leadsTo(NamedPlace.PORTAL)) {
            int portal = stage.portal().getPort();
            device.ports().stand(NamedPlace.PORTAL.address(false), port -> portal);
        }
    }
}
