package io.fieldloop.qemu.link;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which port of the host's loopback stands behind a port that firmware connects or sends to at 10.0.2.2, so that a URL baked
 * into the firmware leads to a gateway on any port. A connection keeps the port it was opened with, and so do the datagrams
 * between two ends. Safe for use by several threads.
 */
public final class PortMap {
    private final Map<Integer, Integer> actualByNominal = new ConcurrentHashMap<>();

    /** Leads connects to {@code nominal} to {@code actual} from now on. */
    public PortMap lead(int nominal, int actual) {
        actualByNominal.put(nominal, actual);
        return this;
    }

    /** Where connects to {@code nominal} are led: to itself, unless it is mapped. */
    public int actual(int nominal) {
        return actualByNominal.getOrDefault(nominal, nominal);
    }
}
