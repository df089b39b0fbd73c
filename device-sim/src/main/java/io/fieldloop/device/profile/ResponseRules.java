package io.fieldloop.device.profile;

/**
 * What a client checks in the answer to its upgrade request.
 *
 * @param check how the answer is judged
 * @param bytesMax how much of the answer fits the client's buffer; {@link Integer#MAX_VALUE} for the firmware's unbounded string
 * @param noticesLoss whether a connection that breaks before the channel is open ends the attempt; the xiaozhi client sits out its limit
 * @param followsRedirects whether a redirect is followed: esp_websocket_client since 1.6.0, where ESP-IDF is 5.5.1 or later
 */
public record ResponseRules(Check check, int bytesMax, boolean noticesLoss, boolean followsRedirects) {

    /** How the answer is judged. */
    public enum Check {
        /** The text {@code HTTP/1.1 101} occurs anywhere in the header block; nothing else matters. */
        STATUS_ONLY,
        /** {@code Sec-WebSocket-Accept} is found without regard to case and has the right value; the status does not matter. */
        ACCEPT_IGNORING_CASE,
        /** As above, but the header's name is found only in its canonical case (espressif/esp-protocols#859). */
        ACCEPT_MATCHING_CASE,
        /** Everything RFC 6455 section 4.1 lists. */
        RFC_6455
    }
}
