package io.fieldloop.server;

import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every event for assertions, from whatever loop it comes. */
public final class RecordingListener implements GatewayListener {
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(GatewayEvent event) {
        events.add(event);
    }

    public List<String> kinds() {
        return events.stream().map(GatewayEvent::kind).toList();
    }

    public <T extends GatewayEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only event of its type. */
    public <T extends GatewayEvent> T only(Class<T> type) {
        List<T> found = of(type);
        if (found.size() != 1) {
            throw new AssertionError("Expected one " + type.getSimpleName() + " in " + events);
        }
        return found.get(0);
    }

    public List<GatewayEvent> all() {
        return List.copyOf(events);
    }
}
