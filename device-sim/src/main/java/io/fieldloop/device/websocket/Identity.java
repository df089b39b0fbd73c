package io.fieldloop.device.websocket;

import org.jspecify.annotations.Nullable;

/** What a device says about itself in the upgrade request. */
public record Identity(@Nullable String token, String clientId, String deviceId, int protocolVersion) {

    /** The Authorization value, or null when the device sends none; a token without a space gets the Bearer prefix. */
    @Nullable
    String authorization() {
        if (token == null || token.isEmpty()) {
            return null;
        }
        return token.contains(" ") ? token : "Bearer " + token;
    }
}
