package io.fieldloop.device.conversation;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.DeviceState;
import io.fieldloop.device.event.LogLevel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a conversation needs of its device: a way to send, a clock, the state machine, the console. */
public interface ConversationPort {

    /** Sends a JSON text message and reports it. */
    void sendJson(String type, @Nullable String state, String json);

    /** Sends one Opus packet, framed for the device's protocol version. */
    void sendAudio(byte[] opus);

    DeviceState state();

    void enter(DeviceState state);

    void emit(DeviceEvent event);

    void log(LogLevel level, String tag, String message);

    long nanoTime();

    Future<?> schedule(Runnable task, Duration delay);

    /** The server asked for a reboot. */
    void reboot();
}
