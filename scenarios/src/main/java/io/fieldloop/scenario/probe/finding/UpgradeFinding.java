package io.fieldloop.scenario.probe.finding;

import io.fieldloop.scenario.probe.wire.UpgradeAsk;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the upgrade request of the stock firmware.
 *
 * @param answer the head, every byte one character
 * @param status null where the answer is not HTTP
 * @param headers as written, in order
 * @param acceptName {@code Sec-WebSocket-Accept} in the server's own writing; null where it is missing
 * @param acceptRight whether its value belongs to the key that was sent
 * @param pieces as they arrived
 * @param bytesBehindHead of frames that came in one piece with the head
 * @param failure why there is no answer, in half a sentence; null where there is one
 * @param remarks one sentence for each thing that some client stumbles over
 */
public record UpgradeFinding(
        String request,
        String answer,
        @Nullable Integer status,
        List<String> headers,
        @Nullable String acceptName,
        boolean acceptRight,
        List<Piece> pieces,
        int bytesBehindHead,
        @Nullable String failure,
        List<String> remarks) {
    /** What one read brought: a TLS record, or what TCP had put together. */
    public record Piece(Duration after, int bytes) {}

    public static UpgradeFinding none(UpgradeAsk ask, String failure) {
        return new UpgradeFinding(ask.text(), "", null, List.of(), null, false, List.of(), 0, failure, List.of());
    }

    public boolean switched() {
        return status != null && status == 101;
    }
}
