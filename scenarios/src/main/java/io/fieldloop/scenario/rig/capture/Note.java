package io.fieldloop.scenario.rig.capture;

import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.text.TimeText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry as a line beside packets, such as {@code gateway handshake-refused reason=token-missing}.
 *
 * @param device whom it is about, or null for a step of the scenario
 */
public record Note(@Nullable String device, String text) {
    /** Null for what concerns no device's link. */
    public static @Nullable Note of(JournalEntry entry) {
        return switch (entry.lane()) {
            case SCENARIO -> new Note(null, text(entry));
            case DEVICE, LINK -> new Note(entry.actor(), text(entry));
            case GATEWAY, ADVERSARY -> {
                Object device = entry.attributes().get("device");
                yield device == null ? null : new Note(device.toString(), text(entry));
            }
        };
    }

    private static String text(JournalEntry entry) {
        StringBuilder text =
                new StringBuilder(entry.lane().wireName()).append(' ').append(entry.kind());
        entry.attributes()
                .forEach((key, value) -> text.append(' ')
                        .append(key)
                        .append('=')
                        .append(value instanceof Duration time ? TimeText.of(time) : value));
        return text.toString();
    }

    /** Whether it belongs into the capture of that device. */
    public boolean concerns(String name) {
        return device == null || device.equals(name);
    }
}
