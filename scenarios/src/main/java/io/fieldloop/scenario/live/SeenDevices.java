package io.fieldloop.scenario.live;

import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.References;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import io.fieldloop.server.fault.FaultTarget;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The devices that have said who they are, and the addresses they came from: what a fault's {@code of} can name.
 *
 * <p>Only the latest are remembered, since anybody can say to be anybody.
 */
public final class SeenDevices implements GatewayListener, References {
    private static final int DEVICES_MAX = 1000;
    private static final int ADDRESSES_MAX = 4;
    private static final int CONNECTIONS_MAX = 10_000;

    private final Map<ConnectionId, InetAddress> sources = bounded(CONNECTIONS_MAX);
    private final Map<String, Set<InetAddress>> devices = bounded(DEVICES_MAX);

    private static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    @Override
    public void onEvent(GatewayEvent event) {
        if (event instanceof GatewayEvent.ConnectionOpened opened) {
            from(opened.connection(), opened.source());
        } else if (event instanceof GatewayEvent.SourcePassedOn passed) {
            from(passed.connection(), passed.source());
        } else if (event instanceof GatewayEvent.Upgraded upgraded) {
            seen(upgraded.deviceId(), upgraded.connection());
        } else if (event instanceof GatewayEvent.OtaAnswered asked) {
            seen(asked.deviceId(), asked.connection());
        } else if (event instanceof GatewayEvent.MqttConnected connected) {
            seen(connected.deviceId() == null ? connected.clientId() : connected.deviceId(), connected.connection());
        }
    }

    private synchronized void from(ConnectionId connection, InetAddress source) {
        sources.put(connection, source);
    }

    private synchronized void seen(@Nullable String device, ConnectionId connection) {
        InetAddress source = sources.get(connection);
        if (device == null || source == null) {
            return;
        }
        // Put in anew, so that the eldest is the one not seen for longest.
        Set<InetAddress> before = devices.remove(device);
        Set<InetAddress> known = before == null ? new LinkedHashSet<>() : before;
        known.add(source);
        if (known.size() > ADDRESSES_MAX) {
            known.remove(known.iterator().next());
        }
        devices.put(device, known);
    }

    /** Anybody may still come. */
    @Override
    public boolean has(String kind, String name) {
        return true;
    }

    /** What a fault goes by, for each of the names. */
    List<FaultTarget> targets(Names names) {
        return names.names().stream().map(this::target).toList();
    }

    private synchronized FaultTarget target(String name) {
        InetAddress address = address(name);
        return address == null
                ? new FaultTarget(name, devices.getOrDefault(name, Set.of()))
                : new FaultTarget(null, Set.of(address));
    }

    /** Whether each of them comes from an address that is known. */
    boolean haveAddresses(Names names) {
        return targets(names).stream().noneMatch(target -> target.sources().isEmpty());
    }

    /** The addresses that the names come from; of all devices none in particular. */
    Set<InetAddress> addresses(Names names) {
        return targets(names).stream()
                .flatMap(target -> target.sources().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable InetAddress address(String text) {
        byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("The address has a length other than 4 or 16", e);
        }
    }
}
