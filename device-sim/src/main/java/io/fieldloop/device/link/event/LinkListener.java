package io.fieldloop.device.link.event;

/** Hears what a link does; called on the link's event loop. */
@FunctionalInterface
public interface LinkListener {
    void onEvent(LinkEvent event);
}
