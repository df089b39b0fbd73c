package io.fieldloop.server;

import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;

/** Keeps a failing listener from failing the connection it is told about. */
final class GuardedListener implements GatewayListener {
    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    private final GatewayListener listener;

    GuardedListener(GatewayListener listener) {
        this.listener = listener;
    }

    @Override
    public void onEvent(GatewayEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The gateway's listener failed on {0}: {1}", event.kind(), e);
        }
    }
}
