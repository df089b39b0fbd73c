package io.fieldloop.scenario.adversary;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/** Why a probe got no connection. */
public enum ConnectFailure {
    TCP_REFUSED,
    TCP_TIMEOUT,
    TCP_RESET,
    /** This machine has no such source address, or no port left on it. */
    SOURCE_UNAVAILABLE,
    /** {@link TargetPolicy} does not allow the address. */
    TARGET_REFUSED,
    STOPPED,
    OTHER;

    /** What the system said, without the address it said it of: that one is another in each run. */
    static String text(Throwable cause) {
        String message = cause.getMessage();
        if (message == null) {
            return cause.getClass().getSimpleName();
        }
        int address = cause instanceof ConnectException ? message.lastIndexOf(": ") : -1;
        return address < 0 ? message : message.substring(0, address);
    }

    static ConnectFailure of(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof AdversaryConfigException) {
            return TARGET_REFUSED;
        }
        if (cause instanceof CancellationException) {
            return STOPPED;
        }
        if (cause instanceof ConnectTimeoutException || text.contains("timed out")) {
            return TCP_TIMEOUT;
        }
        if (text.contains("reset")) {
            return TCP_RESET;
        }
        if (cause instanceof NoRouteToHostException
                || text.contains("assign requested address")
                || text.contains("address already in use")) {
            return SOURCE_UNAVAILABLE;
        }
        // LocalChannel reports a missing listener as a ConnectException too.
        return cause instanceof ConnectException ? TCP_REFUSED : OTHER;
    }
}
