package io.fieldloop.device.event;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a device did or noticed.
 *
 * <p>{@link #kind()} and {@link #attributes()} are the journal's view: kebab-case names, values of type String, Long, Double, Boolean or
 * Duration, in a fixed order, absent when unknown.
 */
public sealed interface DeviceEvent {

    /** The event's kebab-case kind, one per record below. */
    String kind();

    Map<String, Object> attributes();

    /** The device's state machine moved. */
    record StateChanged(DeviceState from, DeviceState to) implements DeviceEvent {
        @Override
        public String kind() {
            return "state-changed";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("from", from.wireName())
                    .and("to", to.wireName())
                    .map();
        }
    }

    /** A line the real device would print on its console (protocol reference 5). */
    record Log(LogLevel level, long uptimeMillis, String tag, String message) implements DeviceEvent {
        @Override
        public String kind() {
            return "log";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("level", level.letter())
                    .and("tag", tag)
                    .and("message", message)
                    .and("uptime-millis", uptimeMillis)
                    .map();
        }

        /** The line as the console shows it, for instance {@code E (1234) WS: Failed to receive server hello}. */
        public String line() {
            return level.letter() + " (" + uptimeMillis + ") " + tag + ": " + message;
        }
    }

    /** The user asked for the audio channel. */
    record AttemptStarted(String url) implements DeviceEvent {
        @Override
        public String kind() {
            return "attempt-started";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("url", url).map();
        }
    }

    /** Name resolution and TCP succeeded; elapsed since the attempt began. */
    record TcpConnected(Duration elapsed) implements DeviceEvent {
        @Override
        public String kind() {
            return "tcp-connected";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("elapsed", elapsed).map();
        }
    }

    /** The TLS handshake finished; elapsed since TCP was connected. A firmware may log neither version nor suite. */
    record TlsSessionEstablished(
            @Nullable String version, @Nullable String suite, Duration elapsed) implements DeviceEvent {
        @Override
        public String kind() {
            return "tls-established";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("version", version)
                    .and("suite", suite)
                    .and("elapsed", elapsed)
                    .map();
        }
    }

    /** The upgrade response was accepted; elapsed since the request was sent. */
    record Upgraded(Duration elapsed) implements DeviceEvent {
        @Override
        public String kind() {
            return "upgraded";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("elapsed", elapsed).map();
        }
    }

    /** The attempt ended well. */
    record CameOnline(ConnectOutcome.Online outcome) implements DeviceEvent {
        @Override
        public String kind() {
            return "online";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("elapsed", outcome.elapsed())
                    .and("session-id", outcome.sessionId())
                    .and("connect", outcome.connect())
                    .and("handshake", outcome.handshake())
                    .and("hello", outcome.hello())
                    .map();
        }
    }

    /** The attempt failed. */
    record Refused(ConnectOutcome.Failed outcome) implements DeviceEvent {
        @Override
        public String kind() {
            return "refused";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("reason", outcome.reason().wireName())
                    .and("code", outcome.code())
                    .and("text", outcome.text())
                    .and("elapsed", outcome.elapsed())
                    .and("phase", outcome.phase())
                    .and("alert-sent", outcome.alertSent())
                    .and("alert-received", outcome.alertReceived())
                    .and("status", outcome.status())
                    .map();
        }
    }

    /** An open channel was lost or closed. */
    record WentOffline(FailureReason reason, @Nullable String code) implements DeviceEvent {
        @Override
        public String kind() {
            return "offline";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("reason", reason.wireName())
                    .and("code", code)
                    .map();
        }
    }

    /** A JSON message left the device. */
    record MessageSent(String type, @Nullable String state) implements DeviceEvent {
        @Override
        public String kind() {
            return "message-sent";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("type", type).and("state", state).map();
        }
    }

    /** A JSON message arrived. */
    record MessageReceived(String type, @Nullable String state) implements DeviceEvent {
        @Override
        public String kind() {
            return "message-received";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("type", type).and("state", state).map();
        }
    }

    /** One utterance of the user went out; bytes are Opus bytes without framing. */
    record AudioSent(long frames, long bytes) implements DeviceEvent {
        @Override
        public String kind() {
            return "audio-sent";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("frames", frames).and("bytes", bytes).map();
        }
    }

    /** One reply came in; dropped frames found the decode queue full or the device not speaking. */
    record AudioReceived(long frames, long bytes, long dropped) implements DeviceEvent {
        @Override
        public String kind() {
            return "audio-received";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("frames", frames)
                    .and("bytes", bytes)
                    .and("dropped", dropped)
                    .map();
        }
    }

    /** A turn ended well. */
    record TurnCompleted(TurnOutcome.Completed outcome) implements DeviceEvent {
        @Override
        public String kind() {
            return "turn-completed";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("elapsed", outcome.elapsed())
                    .and("first-audio", outcome.firstAudio())
                    .map();
        }
    }

    /** A turn found no complete reply. */
    record TurnFailed(TurnOutcome.Failed outcome) implements DeviceEvent {
        @Override
        public String kind() {
            return "turn-failed";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("reason", outcome.reason().wireName())
                    .and("elapsed", outcome.elapsed())
                    .map();
        }
    }

    /** The device answered a WebSocket ping. */
    record PongSent(int bytes) implements DeviceEvent {
        @Override
        public String kind() {
            return "pong-sent";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("bytes", bytes).map();
        }
    }

    /** The user will try again. */
    record ReconnectScheduled(Duration in) implements DeviceEvent {
        @Override
        public String kind() {
            return "reconnect-scheduled";
        }

        @Override
        public Map<String, Object> attributes() {
            return Attributes.with("in", in).map();
        }
    }
}
