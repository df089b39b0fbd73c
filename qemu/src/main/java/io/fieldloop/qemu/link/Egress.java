package io.fieldloop.qemu.link;

/** Whether firmware may reach what lies beyond the host's loopback. */
public enum Egress {
    /**
     * Packets to other addresses are dropped, other names do not exist, and the listener is told what was wanted. A run then
     * is the same on every network, and firmware that still knows its vendor's server leaves that alone.
     */
    DENIED,
    /** QEMU's user network passes on whatever the host's network takes. */
    ALLOWED
}
