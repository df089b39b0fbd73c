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
public record ServerHello(@Nullable String transport, String sessionId, int sampleRate, Duration frameDuration) {

    private static final int SAMPLE_RATE = 24_000;
    private static final int FRAME_MILLIS = 60;

    public static ServerHello of(JsonNode message) {
        JsonNode transport = message.path("transport");
        JsonNode audio = message.path("audio_params");
        return new ServerHello(
                transport.isTextual() ? transport.textValue() : null,
                message.path("session_id").asText(""),
                audio.path("sample_rate").asInt(SAMPLE_RATE),
                Duration.ofMillis(Math.max(1, audio.path("frame_duration").asInt(FRAME_MILLIS))));
    }
}
