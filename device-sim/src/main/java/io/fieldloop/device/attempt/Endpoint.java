package io.fieldloop.device.attempt;

/** Where an attempt goes; the host is the one the device asks for, which only its dialer resolves. */
public record Endpoint(String host, int port, boolean tls) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
