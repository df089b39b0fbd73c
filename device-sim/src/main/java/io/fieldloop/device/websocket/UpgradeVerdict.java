package io.fieldloop.device.websocket;

import io.fieldloop.device.event.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * What a client made of the answer to its upgrade request.
 *
 * @param failure why it was not accepted, or null when it was
 * @param status the HTTP status, or null when there was none to read
 * @param location where a redirect leads that this client follows, or null when there is none
 */
public record UpgradeVerdict(
        @Nullable FailureReason failure,
        @Nullable Integer status,
        @Nullable String location) {

    static UpgradeVerdict accepted(@Nullable Integer status) {
        return new UpgradeVerdict(null, status, null);
    }

    static UpgradeVerdict failed(FailureReason failure, @Nullable Integer status) {
        return new UpgradeVerdict(failure, status, null);
    }
}
