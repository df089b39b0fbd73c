package io.fieldloop.device.modem;

import java.util.function.Consumer;

/** Where a PPP session's IPv4 packets go; their bytes are the characters of strings. */
@FunctionalInterface
public interface PacketNetwork {

    /** No network behind the modem's: whatever is sent is lost. */
    PacketNetwork NONE = toDevice -> packet -> {};

    /** A way in for a session's packets, and {@code toDevice} for those that come back. */
    Consumer<String> join(Consumer<String> toDevice);
}
