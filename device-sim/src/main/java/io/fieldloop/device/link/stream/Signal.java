package io.fieldloop.device.link.stream;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What travels along a {@link DelayLine} besides data, in order with it. */
public sealed interface Signal {
    /** A connect on its way to the gateway. */
    record Open(SocketAddress remote, @Nullable SocketAddress local) implements Signal {}

    /** The gateway's acceptance on its way to the device. */
    record Opened() implements Signal {}

    /** The answer to a connect that failed. */
    record Refused(Throwable cause) implements Signal {}

    /** The sender closed. */
    record Fin() implements Signal {}

    /** The sender will send no more, but still reads. */
    record HalfFin() implements Signal {}

    /** The sender reset the connection. */
    record Rst() implements Signal {}

    /** The link itself ends the connection here: this many bytes have passed. */
    record CutHere(long atByte) implements Signal {}
}
