package io.fieldloop.server.event;

/**
 * Receives every event of a gateway.
 *
 * <p>Events of a connection arrive on that connection's event loop, so an implementation shared by several loops must be
 * thread-safe and must not block.
 */
@FunctionalInterface
public interface GatewayListener {
    void onEvent(GatewayEvent event);
}
