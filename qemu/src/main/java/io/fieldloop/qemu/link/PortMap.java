package io.fieldloop.qemu.link;

import io.fieldloop.qemu.link.packet.IpAddress;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;

/**
 * Which port of the host's loopback stands behind a port that firmware connects or sends to at 10.0.2.2, so that a URL baked
 * into the firmware leads to a gateway on any port. A connection keeps the port it was opened with, and so do the datagrams
 * between two ends. Safe for use by several threads.
 */
public final class PortMap {
    /** 10.0.2.2, where QEMU's user network has the host's loopback. */
    static final IpAddress HOST = IpAddress.v4(0x0a000202);

    /** fec0::2, where it has ::1. */
    private static final IpAddress HOST_V6 = new IpAddress(0xfec0L << 48, 2);

    private final Map<IpAddress, IntUnaryOperator> portsOf = new ConcurrentHashMap<>(Map.of(HOST, this::actual));
    private final Map<Integer, Integer> actualByNominal = new ConcurrentHashMap<>();

    /** Leads connects to {@code nominal} to {@code actual} from now on. */
    public PortMap lead(int nominal, int actual) {
        actualByNominal.put(nominal, actual);
        return this;
    }

    /** Leads packets to another address there, too, at the ports that stand for those they are sent to. */
    public PortMap stand(InetAddress address, IntUnaryOperator ports) {
        portsOf.put(IpAddress.of(address), ports);
        return this;
    }

    /** Where packets to an address really go. */
    Place placeOf(IpAddress address, int port) {
        IntUnaryOperator ports = portsOf.get(address);
        return ports == null
                ? new Place(address, port)
                : new Place(address.isV4() ? HOST : HOST_V6, ports.applyAsInt(port));
    }

    boolean leads(IpAddress address) {
        return portsOf.containsKey(address);
    }

    /** An address and a port there. */
    record Place(IpAddress address, int port) {}

    /** Where connects to {@code nominal} are led: to itself, unless it is mapped. */
    public int actual(int nominal) {
        return actualByNominal.getOrDefault(nominal, nominal);
    }
}
