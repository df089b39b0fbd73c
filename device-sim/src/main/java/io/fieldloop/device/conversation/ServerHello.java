package io.fieldloop.device.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server's hello as the device reads it: everything but the transport is optional, and the version is ignored.
 *
 * @param transport null when the key is absent, where the real firmware's log statement dereferences null
 * @param frameDuration pace of the server's audio
 */
public record ServerHello(@Nullable String transport, String sessionId, Duration frameDuration) {

    private static final int FRAME_MILLIS = 60;

    public static ServerHello of(JsonNode message) {
        JsonNode transport = message.path("transport");
        JsonNode frame = message.path("audio_params").path("frame_duration");
        return new ServerHello(
                transport.isTextual() ? transport.textValue() : null,
                message.path("session_id").asText(""),
                Duration.ofMillis(Math.max(1, frame.asInt(FRAME_MILLIS))));
    }
}
