package io.fieldloop.server.voice;

import io.netty.buffer.ByteBuf;

/** Takes the decrypted audio of one flow, on the voice listener's loop; the buffer is the caller's. */
@FunctionalInterface
public interface VoiceReceiver {
    void audio(ByteBuf packet);
}
