package io.fieldloop.device.link;

import io.fieldloop.device.link.event.LinkEvent;
import io.fieldloop.device.link.event.LinkListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a link reports. */
public final class RecordingLinkListener implements LinkListener {
    private final List<LinkEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(LinkEvent event) {
        events.add(event);
    }

    public List<String> kinds() {
        return events.stream().map(LinkEvent::kind).toList();
    }

    public <E extends LinkEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <E extends LinkEvent> E only(Class<E> type) {
        List<E> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + ", got " + kinds());
        }
        return found.get(0);
    }
}
