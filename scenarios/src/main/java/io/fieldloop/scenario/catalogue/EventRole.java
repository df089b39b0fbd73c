package io.fieldloop.scenario.catalogue;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.server.event.GatewayEvent;
import java.util.Set;

/** What part an event plays where a run is shown. */
public enum EventRole {
    /** It tells how an attempt, a channel or a turn ended, or that the gateway raised an alarm. */
    OUTCOME,
    /** A line of a device's console. */
    CONSOLE,
    /** A device is in another state. */
    STATE,
    OTHER;

    private static final Set<Class<?>> OUTCOMES = Set.of(
            DeviceEvent.Online.class,
            DeviceEvent.Refused.class,
            DeviceEvent.Offline.class,
            DeviceEvent.TurnCompleted.class,
            DeviceEvent.TurnInterrupted.class,
            DeviceEvent.TurnFailed.class,
            GatewayEvent.AlarmRaised.class);

    /** The word in the report's page. */
    public String wireName() {
        return EventRecords.word(this);
    }

    static EventRole of(Class<?> event) {
        if (event == DeviceEvent.Log.class) {
            return CONSOLE;
        }
        if (event == DeviceEvent.StateChanged.class) {
            return STATE;
        }
        return OUTCOMES.contains(event) ? OUTCOME : OTHER;
    }
}
