package io.fieldloop.device.profile;

/**
 * How a client treats frames.
 *
 * @param strict fails the connection at the first violation of RFC 6455 and says which by a close code, instead of taking what it can read
 * @param closeAnswer what it does about the server's close frame
 * @param messageBytesMax what the client can assemble; more than that fails the connection
 */
public record FrameRules(boolean strict, CloseAnswer closeAnswer, int messageBytesMax) {

    /** What a client does when the server sends a close frame. */
    public enum CloseAnswer {
        /**
         * Nothing: the channel counts as closed, and the TCP connection stays open until the next open or close
         * (78/esp-ml307 web_socket.cc).
         */
        NONE,
        /** A close frame without a body, then the end of the connection (esp_websocket_client.c, WEBSOCKET_STATE_CLOSING). */
        EMPTY,
        /** A close frame with the server's own code (RFC 6455 section 5.5.1), then the end of the connection. */
        ECHO
    }
}
