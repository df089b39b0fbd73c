package io.fieldloop.device.event;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing a device did or noticed; its record is what a journal holds of it. */
public sealed interface DeviceEvent {

    /** The kind in a journal, such as {@code tcp-connected}. */
    default String kind() {
        return EventRecords.kind(getClass());
    }

    /** What a journal says of it, in a fixed order. */
    default Map<String, Object> attributes() {
        return EventRecords.attributes((Record) this);
    }

    /** The device's state machine moved. */
    record StateChanged(DeviceState from, DeviceState to) implements DeviceEvent {}

    /** A line the real device would print on its console (protocol reference 5). */
    record Log(LogLevel level, String tag, String message, long uptimeMillis) implements DeviceEvent {
        /** The line as the console shows it, for instance {@code E (1234) WS: Failed to receive server hello}. */
        public String line() {
            return level + " (" + uptimeMillis + ") " + tag + ": " + message;
        }
    }

    /** The user asked for the audio channel. */
    record AttemptStarted(String url) implements DeviceEvent {}

    /** The name server gave the device an address, or it still knew it; elapsed since the attempt began. */
    record NameResolved(String name, String address, Duration elapsed) implements DeviceEvent {}

    /** Name resolution and TCP succeeded; elapsed since the attempt began. */
    record TcpConnected(Duration elapsed) implements DeviceEvent {}

    /** The TLS handshake finished; elapsed since TCP was connected. A firmware may log neither version nor suite, and not that it resumed a session. */
    record TlsEstablished(
            @Nullable String version, @Nullable String suite, boolean resumed, Duration elapsed)
            implements DeviceEvent {}

    /** The upgrade response was accepted; elapsed since the request was sent. */
    record Upgraded(Duration elapsed) implements DeviceEvent {}

    /** The attempt ended well. */
    record Online(ConnectOutcome.Online outcome) implements DeviceEvent {}

    /** The attempt failed. */
    record Refused(ConnectOutcome.Failed outcome) implements DeviceEvent {}

    /** An open channel was lost or closed. */
    record Offline(FailureReason reason, @Nullable String code) implements DeviceEvent {}

    /** A JSON message left the device. */
    record MessageSent(String type, @Nullable String state) implements DeviceEvent {}

    /** A JSON message arrived. */
    record MessageReceived(String type, @Nullable String state) implements DeviceEvent {}

    /** One utterance of the user went out; bytes are Opus bytes without framing. */
    record AudioSent(long frames, long bytes) implements DeviceEvent {}

    /** One reply came in; dropped frames found the decode queue full or the device not speaking. */
    record AudioReceived(long frames, long bytes, long dropped) implements DeviceEvent {}

    /** A turn ended well. */
    record TurnCompleted(TurnOutcome.Completed outcome) implements DeviceEvent {}

    /** A turn ended in which the server had answered into the user's speech. */
    record TurnInterrupted(TurnOutcome.Interrupted outcome) implements DeviceEvent {}

    /** A turn found no complete reply. */
    record TurnFailed(TurnOutcome.Failed outcome) implements DeviceEvent {}

    /** The device answered a WebSocket ping. */
    record PongSent(int bytes) implements DeviceEvent {}

    /** The MQTT connection is up, which says nothing of an audio channel; elapsed since the attempt began. */
    record MqttConnected(Duration elapsed, boolean sessionPresent) implements DeviceEvent {}

    /** The MQTT connection did not come up. The status is the return code of the CONNACK, where one came. */
    record MqttRefused(
            FailureReason reason,
            @Nullable String code,
            Phase phase,
            @Nullable Integer status) implements DeviceEvent {}

    /** The MQTT connection is gone; an audio channel may stay open without it. */
    record MqttDisconnected(FailureReason reason, @Nullable String code) implements DeviceEvent {}

    /** The device will connect to MQTT again by itself. */
    record MqttReconnectScheduled(Duration in) implements DeviceEvent {}

    /** A message went out to the broker; the id only with QoS 1, where a transmission above the first says DUP. */
    record MqttPublished(String topic, int qos, @Nullable Integer packetId, int transmission) implements DeviceEvent {}

    /** The broker has a message; elapsed since the application handed it to its client. */
    record MqttAcknowledged(String topic, int packetId, Duration elapsed) implements DeviceEvent {}

    /** A message was given up, which the application is not told. */
    record MqttDropped(String topic, MqttDrop why, Duration age) implements DeviceEvent {}

    /** A message of the broker reached an application that subscribed. */
    record MqttReceived(String topic, String message) implements DeviceEvent {}

    /** The device took the key, the nonce and the place for voice out of a server hello, whenever that came; both sequences begin anew. */
    record VoiceKeyed(String server, int port) implements DeviceEvent {}

    /** The device did not take a datagram of voice; the sequence is null where its header was too short for one. */
    record VoiceRefused(DatagramRefusal why, @Nullable Long sequence) implements DeviceEvent {}

    /** Packets of voice were missing when the next one came, which is taken all the same. */
    record VoiceGap(long packets) implements DeviceEvent {}

    /**
     * The socket for voice is closed; what came through it, in the time that packets stand for.
     *
     * @param sent packets to the server
     * @param received packets that were taken
     * @param lost voice that never came
     * @param late voice that came after later voice, and so was not played
     * @param duplicates packets that came again
     * @param longestGap the longest stretch that was missing when the next packet came
     * @param jitter interarrival jitter as RFC 3550, 6.4.1 smooths it
     * @param mos mean opinion score the E-model expects (ITU-T G.107), 1 to 4.5; absent where nothing was received, or by firmware that does not tell
     */
    record VoiceClosed(
            long sent,
            long received,
            Duration lost,
            Duration late,
            long duplicates,
            Duration longestGap,
            Duration jitter,
            @Nullable Double mos)
            implements DeviceEvent {}

    /** A round of setting the modem up ended; the result is a {@code NetworkStatus} of the firmware's library. */
    record ModemSetUp(String result, Duration elapsed) implements DeviceEvent {}

    /** A fault of the modem or its UART acted on a command, on a line, or at its time. */
    record ModemFault(String when, String on) implements DeviceEvent {}

    /** The user will try again. */
    record ReconnectScheduled(Duration in) implements DeviceEvent {}

    /** The firmware began to run: after power, a reset, or a restart of its own. */
    record FirmwareStarted(String version, String partition) implements DeviceEvent {}

    /** The bootloader gave up the image that was on trial and went back to the other slot. */
    record RolledBack(String version) implements DeviceEvent {}

    /** The firmware could not go on and restarts, as after a C++ exception nobody catches. */
    record Aborted(String why) implements DeviceEvent {}

    /** The user pressed the button. */
    record ButtonPressed() implements DeviceEvent {}

    /** The device asks its server where to go, for the first time or again. */
    record OtaCheckBegan(String url, int attempt) implements DeviceEvent {}

    /**
     * The check was answered.
     *
     * @param offers {@code websocket}, {@code mqtt}, {@code websocket+mqtt} or {@code nothing}
     * @param firmware the version to install, if there is one
     * @param activation whether there is a code to show, or a challenge
     */
    record OtaChecked(
            Duration elapsed, String offers, @Nullable String firmware, boolean activation) implements DeviceEvent {}

    /**
     * The check gave nothing.
     *
     * @param code what the firmware counts with; 0 is what it takes for success
     */
    record OtaCheckFailed(OtaFailure why, int code, Duration elapsed) implements DeviceEvent {}

    /** The device will ask again. */
    record OtaRetryScheduled(Duration in) implements DeviceEvent {}

    /** The device asks no more until it is started again. */
    record OtaGivenUp(int attempts) implements DeviceEvent {}

    /** The device's clock was set to what its server calls the time, time zone included. */
    record ClockSet(String time) implements DeviceEvent {}

    /** The device settled on a protocol, told or not. */
    record ProtocolChosen(String protocol, boolean told) implements DeviceEvent {}

    /** The device shows and speaks a code for its user to enter. */
    record ActivationShown(String code) implements DeviceEvent {}

    /** The device asked whether it is bound by now. */
    record ActivationTried(
            int attempt,
            ActivationOutcome outcome,
            @Nullable Integer status) implements DeviceEvent {}

    /** The device fetches firmware. */
    record UpdateBegan(String version, String url) implements DeviceEvent {}

    record UpdateFailed(UpdateFailure why, long bytes) implements DeviceEvent {}

    /** The image is in the other slot, which boots next. */
    record UpdateInstalled(String version, String partition) implements DeviceEvent {}
}
