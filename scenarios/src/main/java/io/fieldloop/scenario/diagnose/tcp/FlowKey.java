package io.fieldloop.scenario.diagnose.tcp;

import io.fieldloop.scenario.diagnose.capture.Address;
import io.fieldloop.scenario.diagnose.capture.Frame;

/** Two addresses and ports, whichever of them is named first, at one point of capture; one such object looks all packets up. */
final class FlowKey {
    private int point;
    private long oneHigh;
    private long oneLow;
    private long otherHigh;
    private long otherLow;
    private int ports;

    void set(int pointNumber, Frame frame) {
        Address source = frame.source();
        Address destination = frame.destination();
        point = pointNumber;
        int from = frame.sourcePort();
        int to = frame.destinationPort();
        boolean sourceFirst = isFirst(source, from, destination, to);
        Address one = sourceFirst ? source : destination;
        Address other = sourceFirst ? destination : source;
        oneHigh = one.high();
        oneLow = one.low();
        otherHigh = other.high();
        otherLow = other.low();
        ports = sourceFirst ? from << 16 | to : to << 16 | from;
    }

    private static boolean isFirst(Address source, int from, Address destination, int to) {
        int order = Long.compare(source.high(), destination.high());
        order = order == 0 ? Long.compare(source.low(), destination.low()) : order;
        return order == 0 ? from <= to : order < 0;
    }

    FlowKey copy() {
        FlowKey copy = new FlowKey();
        copy.point = point;
        copy.oneHigh = oneHigh;
        copy.oneLow = oneLow;
        copy.otherHigh = otherHigh;
        copy.otherLow = otherLow;
        copy.ports = ports;
        return copy;
    }

    int point() {
        return point;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof FlowKey key
                && key.ports == ports
                && key.otherLow == otherLow
                && key.oneLow == oneLow
                && key.otherHigh == otherHigh
                && key.oneHigh == oneHigh
                && key.point == point;
    }

    @Override
    public int hashCode() {
        long mixed = (oneLow * 31 + otherLow) * 31 + ports + oneHigh + otherHigh * 7 + point;
        return Long.hashCode(mixed * 0x9E3779B97F4A7C15L);
    }
}
