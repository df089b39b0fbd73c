package io.fieldloop.device.websocket;

import io.fieldloop.device.event.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * What a client made of the answer to its upgrade request.
 *
 * @param failure why it was not accepted, or null when it was
 * @param status the HTTP status, or null when there was none to read
 */
public record UpgradeVerdict(
        @Nullable FailureReason failure, @Nullable Integer status) {

    static UpgradeVerdict accepted(@Nullable Integer status) {
        return new UpgradeVerdict(null, status);
    }

    static UpgradeVerdict failed(FailureReason failure, @Nullable Integer status) {
        return new UpgradeVerdict(failure, status);
    }
}
