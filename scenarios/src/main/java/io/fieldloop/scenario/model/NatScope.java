package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Doc;

/** What an operator's NAT forgets. */
public enum NatScope {
    @Doc("TCP connections and UDP flows")
    ALL,
    @Doc("UDP flows alone, whose next datagram leaves from another port")
    UDP
}
