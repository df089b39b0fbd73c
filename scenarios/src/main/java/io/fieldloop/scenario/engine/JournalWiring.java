package io.fieldloop.scenario.engine;

import io.fieldloop.scenario.adversary.AdversaryListener;
import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.rig.DeviceJournal;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what each module reports into journal entries.
 *
 * <p>The gateway does not know the scenario's names. Its entries get an attribute {@code device} from the address the connection came
 * from where only one device has it, else from the Device-Id once the device has said it.
 */
public final class JournalWiring implements GatewayListener {
    static final String GATEWAY = "gateway";

    /** No device has this name. */
    private static final String SEVERAL = "";

    private final Journal journal;
    private final Map<InetAddress, String> deviceBySource = new ConcurrentHashMap<>();
    private final Map<String, String> deviceById = new ConcurrentHashMap<>();
    private final Map<ConnectionId, String> deviceByConnection = new ConcurrentHashMap<>();

    public JournalWiring(Journal journal) {
        this.journal = journal;
    }

    void name(String device, InetAddress source, String deviceId) {
        deviceBySource.merge(source, device, (one, other) -> SEVERAL);
        deviceById.merge(deviceId, device, (one, other) -> SEVERAL);
    }

    /** Where a device of that name and its link report to. */
    public DeviceJournal deviceNamed(String name) {
        return new DeviceJournal() {
            @Override
            public void device(String kind, Map<String, Object> attributes) {
                journal.write(Lane.DEVICE, name, kind, attributes);
            }

            @Override
            public void link(String kind, Map<String, Object> attributes) {
                journal.write(Lane.LINK, name, kind, attributes);
            }
        };
    }

    AdversaryListener adversaryNamed(String name) {
        return event -> journal.write(Lane.ADVERSARY, name, event.kind(), event.attributes());
    }

    @Override
    public void onEvent(GatewayEvent event) {
        ConnectionId connection = event.connection();
        if (event instanceof GatewayEvent.ConnectionOpened opened) {
            learn(opened.connection(), deviceBySource.get(opened.source()));
        } else if (event instanceof GatewayEvent.SourcePassedOn passed) {
            learn(passed.connection(), deviceBySource.get(passed.source()));
        } else if (event instanceof GatewayEvent.Upgraded upgraded) {
            learnById(upgraded.connection(), upgraded.deviceId());
        } else if (event instanceof GatewayEvent.MqttConnected connected) {
            learnById(connected.connection(), connected.deviceId());
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (connection != null) {
            attributes.put("connection", connection.ordinal());
            putDevice(attributes, deviceByConnection.get(connection));
        }
        attributes.putAll(event.attributes());
        attributes.computeIfPresent("listener", (key, name) -> nominal((String) name));
        journal.write(Lane.GATEWAY, GATEWAY, event.kind(), attributes);
    }

    private void learnById(ConnectionId connection, @Nullable String deviceId) {
        if (deviceId != null) {
            learn(connection, deviceById.get(deviceId));
        }
    }

    private void learn(ConnectionId connection, @Nullable String device) {
        if (device != null && !device.equals(SEVERAL)) {
            deviceByConnection.putIfAbsent(connection, device);
        }
    }

    /** A rig may open a listener for each device; to the scenario they are one. */
    private static String nominal(String listener) {
        int device = listener.indexOf('#');
        return device < 0 ? listener : listener.substring(0, device);
    }

    private static void putDevice(Map<String, Object> attributes, @Nullable String device) {
        if (device != null) {
            attributes.put("device", device);
        }
    }
}
