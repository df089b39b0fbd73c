package io.fieldloop.server.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The gateway cannot run as configured; the message is one sentence for the person who wrote the configuration. */
public final class GatewayConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatewayConfigException(String message) {
        super(message);
    }

    public GatewayConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What {@code listener} says when it cannot listen at {@code address}.
     *
     * <p>Each transport throws its own exception; the words in it are the system's.
     */
    public static GatewayConfigException cannotListen(String listener, SocketAddress address, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        String why = text.contains("in use")
                ? "the port is taken; choose another or stop what uses it"
                : text.contains("assign requested address")
                        ? "this machine has no such address; name one that it has, or 0.0.0.0 for all"
                        : text;
        String where = address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : address.toString();
        return new GatewayConfigException(listener + " cannot listen on " + where + ": " + why + ".", cause);
    }
}
