package io.fieldloop.device.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a link reports. */
final class RecordingLinkListener implements LinkListener {
    private final List<LinkEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(LinkEvent event) {
        events.add(event);
    }

    List<String> kinds() {
        return events.stream().map(LinkEvent::kind).toList();
    }

    <E extends LinkEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <E extends LinkEvent> E only(Class<E> type) {
        List<E> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + ", got " + kinds());
        }
        return found.get(0);
    }
}
