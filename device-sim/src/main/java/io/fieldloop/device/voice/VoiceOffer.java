package io.fieldloop.device.voice;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Where and under which key the server's hello invites to voice: its object {@code udp}. What it says of the encryption is not read.
 *
 * @param key 32 hexadecimal digits in either case, and so is the nonce
 */
public record VoiceOffer(String server, int port, String key, String nonce) {

    private static final Pattern SIXTEEN_BYTES = Pattern.compile("[0-9A-Fa-f]{32}");
    private static final int PORT_MAX = 65_535;

    /** The offer; or an {@link IllegalArgumentException} with the words of the firmware. */
    public static VoiceOffer of(JsonNode udp) {
        if (!udp.isObject()) {
            throw new IllegalArgumentException("UDP is not specified");
        }
        JsonNode server = udp.path("server");
        JsonNode key = udp.path("key");
        JsonNode nonce = udp.path("nonce");
        int port = udp.path("port").asInt(0);
        boolean texts = server.isTextual() && key.isTextual() && nonce.isTextual();
        if (!texts || !udp.path("port").isNumber() || port <= 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("Invalid UDP server, port, key, or nonce");
        }
        if (!SIXTEEN_BYTES.matcher(key.textValue()).matches()
                || !SIXTEEN_BYTES.matcher(nonce.textValue()).matches()) {
            throw new IllegalArgumentException("Invalid AES key or nonce length");
        }
        return new VoiceOffer(server.textValue(), port, key.textValue(), nonce.textValue());
    }
}
