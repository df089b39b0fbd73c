package io.fieldloop.device.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far an attempt to open the channel has come: the phases every transport goes through, and one for each that asks to be let in. */
public enum Phase {
    /** The URL is looked at and the host name resolved. */
    DNS(FailureReason.DNS_FAILURE),
    /** SYN sent, no answer yet. */
    TCP(FailureReason.TCP_TIMEOUT),
    /** ClientHello sent, handshake not finished. */
    TLS(FailureReason.TLS_TIMEOUT),
    /** WebSocket only: upgrade request sent, answer incomplete. */
    UPGRADE(FailureReason.UPGRADE_TIMEOUT),
    /** MQTT only: CONNECT sent, no CONNACK yet. */
    MQTT(FailureReason.CONNACK_TIMEOUT),
    /** The device's hello is sent, the server's is awaited. */
    HELLO(FailureReason.HELLO_TIMEOUT);

    private final FailureReason timeout;

    Phase(FailureReason timeout) {
        this.timeout = timeout;
    }

    /** The words of all phases, in the order in which an attempt passes them. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Phase::wireName).toList();
    }

    /** The phase of that word, if it is one. */
    public static Optional<Phase> named(String wireName) {
        return Arrays.stream(values())
                .filter(phase -> phase.wireName().equals(wireName))
                .findFirst();
    }

    /** The word in events, scenario files and console dictionaries. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of an attempt whose time ran out here. */
    public FailureReason timeout() {
        return timeout;
    }

    /** Whether there is no connection yet to speak on. */
    public boolean isConnecting() {
        return compareTo(TLS) <= 0;
    }

    @Override
    public String toString() {
        return wireName();
    }
}
