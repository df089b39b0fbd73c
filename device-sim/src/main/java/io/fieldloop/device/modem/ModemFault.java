package io.fieldloop.device.modem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong at the UART or in the modem, as data: when it acts, how often, and what it does.
 *
 * @param when what it waits for
 * @param beginning how the command or the line begins that it acts on; empty for any
 * @param at the time since power-up, for {@link When#TIME}
 * @param skip how many it lets pass first
 * @param times on how many it acts
 * @param delay how much later the command is answered or the line said
 * @param lost whether the command or the line is lost as a whole
 * @param unsent the data of a command is taken and never sent; {@code says} is then the answer
 * @param says what is said instead of the answer or the line, or at that time; <code>{line}</code> is the line itself
 * @param behind the line is held back until one that begins like this has been said, or {@code delay} is over
 * @param cutAt where bytes are lost in the command or the line, and {@code cutBytes} how many
 * @param reboots whether the modem restarts by itself
 * @param baud its speed after that; 0 where it keeps the one it has
 * @param stalls how long the host's receiver does not run once such a line began
 * @param session what becomes of a PPP session then; null where nothing does
 */
public record ModemFault(
        When when,
        String beginning,
        Duration at,
        int skip,
        int times,
        Duration delay,
        boolean lost,
        boolean unsent,
        @Nullable List<String> says,
        @Nullable String behind,
        int cutAt,
        int cutBytes,
        boolean reboots,
        int baud,
        Duration stalls,
        @Nullable SessionFault session) {

    private static final int SHOWN_CHARS = 32;

    /** What a fault waits for. */
    public enum When {
        COMMAND,
        LINE,
        TIME
    }

    /** As much of a command or line as is told of it. */
    public static String shown(String text) {
        return text.substring(0, Math.min(text.length(), SHOWN_CHARS));
    }

    /** What is left of it after bytes were lost. */
    String cut(String text) {
        int from = Math.min(cutAt, text.length());
        return text.substring(0, from) + text.substring(Math.min(text.length(), from + cutBytes));
    }
}
