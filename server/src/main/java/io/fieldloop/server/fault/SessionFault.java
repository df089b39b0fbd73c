package io.fieldloop.server.fault;

import static io.fieldloop.server.fault.FaultPlace.PINGS;
import static io.fieldloop.server.fault.FaultPlace.READING;
import static io.fieldloop.server.fault.FaultPlace.SESSION_END;

import io.fieldloop.server.event.FaultPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Acts on an upgraded connection. */
public sealed interface SessionFault extends FaultAction permits SessionFault.TimedFault, SessionFault.IgnorePings {
    @Override
    default FaultPhase phase() {
        return FaultPhase.SESSION;
    }

    /** Acts on a session after a while. */
    sealed interface TimedFault extends SessionFault {
        @Param(value = "Time from the upgrade", fallback = "0s")
        Duration after();
    }

    /** Ends a session. */
    @Decides(SESSION_END)
    sealed interface SessionEnd extends TimedFault {}

    @Does("Closes the session with this close code.")
    record CloseSession(
            @Param(value = "WebSocket close code", fallback = "1000", min = 0, max = 65535)
            int code,

            Duration after) implements SessionEnd {}

    @Does("Drops the connection in order, without a close frame.")
    record DropSession(Duration after) implements SessionEnd {}

    @Does(
            "Drops the connection in order once nothing has passed for so long in either direction, as nginx does at proxy_read_timeout.")
    record DropWhenQuiet(
            @Param(value = "How long nothing has passed", fallback = "60s")
            Duration after) implements SessionEnd {}

    @Does("Throws an exception in the session's own code, as a defect of the application does.")
    record ThrowInSession(Duration after) implements SessionEnd {}

    @Does("Resets the connection.")
    record ResetSession(Duration after) implements SessionEnd {}

    @Does("Never answers a ping.")
    @Decides(PINGS)
    record IgnorePings() implements SessionFault {}

    @Does("Stops reading from the connection, which stays open.")
    @Decides(READING)
    record PauseReading(Duration after) implements TimedFault {}

    @Does("Ends the TCP connection in order below TLS, without close_notify.")
    record TruncateSession(Duration after) implements SessionEnd {}

    @Does("Sends this text message, as often as is said.")
    record SendText(
            @Param("The message") String text,

            Duration after,

            @Param(value = "How often", fallback = "1", min = 1, max = 1_000_000)
            int times,

            @Param(value = "Time between two", fallback = "0s")
            Duration every)
            implements TimedFault {}

    @Does("Sends these bytes, in hex, where frames belong, as often as is said.")
    record SendBytes(
            @Param("The bytes, as pairs of hex digits; blanks do not matter")
            String hex,

            Duration after,

            @Param(value = "How often", fallback = "1", min = 1, max = 1_000_000)
            int times,

            @Param(value = "Time between two", fallback = "0s")
            Duration every)
            implements TimedFault {
        public SendBytes {
            String digits = hex.replaceAll("\\s", "");
            if (digits.isEmpty() || digits.length() % 2 != 0 || !digits.matches("[0-9A-Fa-f]+")) {
                throw new IllegalArgumentException("hex must be pairs of hex digits such as 81 02 68 69");
            }
        }
    }

    @Does("Sends a text message of this many bytes.")
    record SendLargeText(
            @Param(value = "Length of the message", min = 0, max = 1 << 24)
            int bytes,

            Duration after) implements TimedFault {}

    @Does("Says goodbye over MQTT and keeps the connection; without a session id where none is given.")
    record SayGoodbye(
            @Param("The session id it names") @Nullable String session, Duration after) implements TimedFault {}

    @Does("Sends a second hello over MQTT in the middle of the session, with a new key.")
    record Rekey(Duration after) implements TimedFault {}

    @Does("Asks for a renegotiation with a HelloRequest; up to TLS 1.2.")
    record RequestRenegotiation(Duration after) implements TimedFault {}

    @Does("Changes its keys and asks the device to do the same; TLS 1.3.")
    record UpdateKeys(Duration after) implements TimedFault {}
}
