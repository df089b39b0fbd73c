package io.fieldloop.device.conversation;

/** The device's hello, in the key order of the firmware's cJSON (protocol reference 1.5). */
public final class HelloMessage {

    private HelloMessage() {}

    /** The hello that asks for voice over UDP, whose order is another (xiaozhi-esp32 2.4.2, main/protocols/mqtt_protocol.cc). */
    public static String overMqtt() {
        return "{\"type\":\"hello\",\"version\":3,\"transport\":\"udp\","
                + "\"features\":{\"mcp\":true,\"glyph_push\":false},\"audio_params\":"
                + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    }

    /** The message; {@code transport} is the word for what carries the audio, such as {@code websocket}. */
    public static String of(int protocolVersion, String transport) {
        return "{\"type\":\"hello\",\"version\":" + protocolVersion
                + ",\"features\":{\"mcp\":true},\"transport\":\"" + transport + "\",\"audio_params\":"
                + "{\"format\":\"opus\",\"sample_rate\":16000,\"channels\":1,\"frame_duration\":60}}";
    }
}
