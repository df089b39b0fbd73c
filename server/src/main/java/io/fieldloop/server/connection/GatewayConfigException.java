package io.fieldloop.server.connection;

/** The gateway cannot run as configured; the message is one sentence for the person who wrote the configuration. */
public final class GatewayConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GatewayConfigException(String message) {
        super(message);
    }

    public GatewayConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
