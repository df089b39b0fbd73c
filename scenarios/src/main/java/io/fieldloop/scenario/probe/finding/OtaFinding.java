package io.fieldloop.scenario.probe.finding;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the OTA address answered to a device's check.
 *
 * @param status null where no HTTP came
 * @param clockAhead what the server's clock is ahead of this machine's, without the time zone; null where it sent no time
 * @param timezoneMinutes what devices add to that
 * @param webSocket the URL it hands out, or null
 * @param mqtt the endpoint it hands out, or null
 * @param firmware the version with a link, or null
 * @param code what an unbound device would show, or null
 * @param restarts whether it is one on which devices abort, restart and ask again, for ever
 * @param warnings whole sentences, each about something a device stumbles over
 */
public record OtaFinding(
        @Nullable Integer status,
        String fate,
        Duration elapsed,
        int bodyBytes,
        @Nullable Duration clockAhead,
        int timezoneMinutes,
        @Nullable String webSocket,
        @Nullable String mqtt,
        @Nullable String firmware,
        @Nullable String code,
        boolean restarts,
        List<String> warnings) {
    /** Whether a device takes it for an answer. */
    public boolean isAnswer() {
        return status != null && status == 200;
    }
}
