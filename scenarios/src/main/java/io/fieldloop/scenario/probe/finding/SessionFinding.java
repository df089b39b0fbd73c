package io.fieldloop.scenario.probe.finding;

import io.fieldloop.scenario.report.text.TimeText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says after the upgrade.
 *
 * @param hello its hello as text; null where none came
 * @param helloAfter since the device's hello
 * @param helloFault why a device does not take it, or why there is none; null for a good one
 * @param watched how long the open, quiet session was looked at
 * @param pings since the hello
 * @param pingEvery the longest gap without a ping; null where fewer than one was seen
 * @param pongAfter how long the answer to a ping took; null where none came
 * @param remarks one sentence for each thing that some client stumbles over
 * @param ended how it ended the session while it was watched; null where it stayed
 */
public record SessionFinding(
        @Nullable String hello,
        @Nullable Duration helloAfter,
        @Nullable String helloFault,
        Duration watched,
        List<Duration> pings,
        @Nullable Duration pingEvery,
        @Nullable Duration pongAfter,
        List<String> remarks,
        @Nullable String ended) {
    /** The idle limit of most fronts, and some time more. */
    private static final Duration TELLING = Duration.ofSeconds(75);

    private static final Duration WHOLE_SECONDS_FROM = Duration.ofSeconds(10);

    /** Limits are whole seconds, and what was measured misses them by some milliseconds. */
    public static String inWords(Duration time) {
        return time.compareTo(WHOLE_SECONDS_FROM) < 0
                ? TimeText.of(time)
                : time.plusMillis(500).toSeconds() + " s";
    }

    /** Whether a front's idle limit might still lie ahead when the watch was over. */
    public boolean endedTooEarlyToTell() {
        return ended == null && pingEvery == null && watched.compareTo(TELLING) < 0;
    }
}
