package io.fieldloop.scenario.explain;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.scenario.catalogue.EventAttribute;
import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventKind;
import io.fieldloop.server.event.CloseReason;
import io.fieldloop.server.event.RefusalAdvice;
import io.fieldloop.server.event.RefusalReason;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who gives a reason; the same word may be one of the device's and one of the gateway's. */
public enum Side {
    /** Why an attempt, a channel or a turn of a device ended. */
    DEVICE("the device's reason", FailureReason.class),
    /** Why the gateway refused a handshake. */
    GATEWAY("the gateway's reason to refuse", RefusalReason.class),
    /** Why the gateway's session ended. */
    SESSION("how the gateway's session ended", CloseReason.class);

    private static final Map<String, Side> BY_EVENT = read();

    private final String title;
    private final Class<?> vocabulary;

    Side(String title, Class<?> vocabulary) {
        this.title = title;
        this.vocabulary = vocabulary;
    }

    /** The word in the texts' file and in the report's page. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a heading behind the reason's word. */
    public String title() {
        return title;
    }

    /** The side that gives the reason of an event of this kind, or null where it has none of these. */
    public static @Nullable Side ofEvent(String kind) {
        return BY_EVENT.get(kind);
    }

    /** The sides by the kinds of journal entries whose {@code reason} is one of theirs, in alphabetical order. */
    public static Map<String, Side> byEvent() {
        return BY_EVENT;
    }

    private static Map<String, Side> read() {
        Map<String, Side> sides = new TreeMap<>();
        for (EventKind kind : EventCatalogue.all()) {
            for (EventAttribute attribute : kind.attributes()) {
                Arrays.stream(values())
                        .filter(side -> side.vocabulary == attribute.type())
                        .forEach(side -> sides.put(kind.kind(), side));
            }
        }
        return Collections.unmodifiableMap(sides);
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
