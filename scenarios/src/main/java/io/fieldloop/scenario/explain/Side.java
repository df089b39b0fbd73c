package io.fieldloop.scenario.explain;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.RefusalAdvice;
import io.fieldloop.server.event.RefusalReason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who gives a reason; the same word may be one of the device's and one of the gateway's. */
public enum Side {
    /** Why an attempt, a channel or a turn of a device ended. */
    DEVICE("the device's reason"),
    /** Why the gateway refused a handshake. */
    GATEWAY("the gateway's reason to refuse"),
    /** Why the gateway's session ended. */
    SESSION("how the gateway's session ended");

    private final String title;

    Side(String title) {
        this.title = title;
    }

    /** The word in the texts' file and in the report's page. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a heading behind the reason's word. */
    public String title() {
        return title;
    }

    /** The kinds of journal entries whose {@code reason} is one of this side's. */
    public Set<String> eventKinds() {
        return switch (this) {
            case DEVICE -> Set.of("refused", "offline", "turn-failed");
            case GATEWAY -> Set.of("handshake-refused");
            case SESSION -> Set.of("session-closed");
        };
    }

    /** The side that gives the reason of an event of this kind, or null where it has none of these. */
    public static @Nullable Side ofEvent(String kind) {
        return Arrays.stream(values())
                .filter(side -> side.eventKinds().contains(kind))
                .findFirst()
                .orElse(null);
    }

    /** All of its reasons, in the order of their vocabulary. */
    public List<String> reasons() {
        return switch (this) {
            case DEVICE ->
                Arrays.stream(FailureReason.values())
                        .map(FailureReason::wireName)
                        .toList();
            case GATEWAY ->
                Arrays.stream(RefusalReason.values())
                        .map(RefusalReason::wireName)
                        .toList();
            case SESSION ->
                Arrays.stream(CloseReason.values()).map(CloseReason::wireName).toList();
        };
    }

    /** What the vocabulary itself says of a reason, or empty where only the texts' file does. */
    String meaning(String reason) {
        return switch (this) {
            case DEVICE -> sentence(FailureReason.named(reason).explanation());
            case GATEWAY ->
                RefusalReason.named(reason).map(RefusalReason::explanation).orElse("");
            case SESSION -> "";
        };
    }

    /** What the gateway itself says is to be looked at, or nothing where only the texts' file does. */
    List<String> checks(String reason) {
        return this == GATEWAY
                ? RefusalReason.named(reason).map(RefusalAdvice.bundled()::of).orElse(List.of())
                : List.of();
    }

    private static String sentence(String fragment) {
        return Character.toUpperCase(fragment.charAt(0)) + fragment.substring(1) + ".";
    }
}
