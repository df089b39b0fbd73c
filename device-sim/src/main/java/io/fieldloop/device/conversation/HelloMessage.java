package io.fieldloop.device.conversation;

/** The device's hello, in the key order of the firmware's cJSON (protocol reference 1.5). */
public final class HelloMessage {

    private HelloMessage() {}

    public static String of(int protocolVersion) {
        return "{\"type\":\"hello\",\"version\":" + protocolVersion
                + ",\"features\":{\"mcp\":true},\"transport\":\"websocket\",\"audio_params\":"
                + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    }
}
