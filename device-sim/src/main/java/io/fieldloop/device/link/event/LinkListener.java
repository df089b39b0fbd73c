package io.fieldloop.device.link.event;

/** Receives the events of a link; called on the link's event loop. */
@FunctionalInterface
public interface LinkListener {
    void onEvent(LinkEvent event);
}
