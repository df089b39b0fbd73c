package io.fieldloop.qemu.link;

import io.fieldloop.device.link.profile.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The TCP connections of a link, found from either end: the device's end may know another port than the network's. */
final class FlowTable {
    // A firmware has a handful; a port scan from it has many, and the oldest of them are of no interest.
    private static final int FLOWS_MAX = 4096;

    private final Map<FlowKey, TcpFlow> byDevice = new LinkedHashMap<>();
    private final Map<FlowKey, TcpFlow> byNetwork = new HashMap<>();

    @Nullable
    TcpFlow find(Direction direction, FlowKey key) {
        return (direction == Direction.UPSTREAM ? byDevice : byNetwork).get(key);
    }

    /** Adds a connection, in place of one with the same ends. */
    void add(TcpFlow flow) {
        remove(byDevice.get(flow.key()));
        if (byDevice.size() >= FLOWS_MAX) {
            remove(byDevice.values().iterator().next());
        }
        byDevice.put(flow.key(), flow);
        byNetwork.put(networkKey(flow), flow);
    }

    /** Those there are, in the order they came. */
    List<TcpFlow> all() {
        return new ArrayList<>(byDevice.values());
    }

    private void remove(@Nullable TcpFlow flow) {
        if (flow != null) {
            byDevice.remove(flow.key());
            byNetwork.remove(networkKey(flow), flow);
        }
    }

    private static FlowKey networkKey(TcpFlow flow) {
        return flow.key().withRemote(flow.place());
    }
}
