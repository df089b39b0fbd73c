package io.fieldloop.qemu.runner;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleLines;
import io.fieldloop.qemu.console.ConsoleTranslator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A console log that somebody kept, read as if a machine printed it now.
 *
 * <p>Time is what ESP-IDF's log prints in brackets, milliseconds since boot or the time of day (CONFIG_LOG_TIMESTAMP_SOURCE), and goes on
 * through restarts. What a terminal or a web page put in front of a line is skipped.
 */
public final class SavedConsole {
    /** A failure by the last lines, of which no line says that it ended an attempt. */
    public static final String SIGNS = "signs";

    private static final Pattern LOGGED = Pattern.compile(
            "(?:^|[\\s\\]m])([EWIDV] \\((?:(\\d{1,12})|((?:[01]\\d|2[0-3])(?::[0-5]\\d){2}\\.\\d{3}))\\) [^:]{1,64}:.*)$");

    private static final int PIECE_BYTES = 1 << 16;

    private final Consumer<Entry> entries;
    private final ConsoleTranslator translator;
    private final FirmwareWatch watch = new FirmwareWatch(EmulationLimits.usual(), this::happened);
    private int number;
    private boolean timed;
    private long earlierBootsMillis;
    private long uptimeMillis;

    /** @param entries told what happened, without the lines themselves */
    public SavedConsole(ConsoleDictionary dictionary, Consumer<Entry> entries) {
        this.entries = entries;
        translator = new ConsoleTranslator(dictionary, this::happened, this::survived);
    }

    /**
     * Reads a log of any size to its end, and keeps nothing of it.
     *
     * @param log bytes as a UART delivers them, or text
     * @param entries told what happened, without the lines themselves
     * @return how many lines the log has
     */
    public static int read(InputStream log, ConsoleDictionary dictionary, Consumer<Entry> entries) throws IOException {
        SavedConsole console = new SavedConsole(dictionary, entries);
        ConsoleLines cut = new ConsoleLines(text -> console.line(console.number + 1, text));
        byte[] piece = new byte[PIECE_BYTES];
        for (int length = log.read(piece); length >= 0; length = log.read(piece)) {
            cut.feed(ByteBuffer.wrap(piece, 0, length), 0);
        }
        cut.end();
        console.end();
        return console.number;
    }

    /** Nothing will follow. */
    public void end() {
        translator.forget(nanos());
    }

    /**
     * One line; lines that no rule can fit need not be given.
     *
     * @param place of the line in the log, from 1
     */
    public void line(int place, String text) {
        number = place;
        Matcher logged = LOGGED.matcher(text);
        String line = text;
        if (logged.find()) {
            line = logged.group(1);
            passed(
                    logged.group(2) == null
                            ? LocalTime.parse(logged.group(3)).toNanoOfDay() / 1_000_000
                            : Long.parseLong(logged.group(2)));
        }
        long nanos = nanos();
        translator.line(place, line, nanos);
        watch.line(line, nanos);
    }

    private void survived(ConsoleTranslator.Signs signs) {
        Map<String, Object> attributes = new LinkedHashMap<>(new DeviceEvent.Refused(signs.failed()).attributes());
        attributes.remove("elapsed");
        if (!signs.phaseTold()) {
            attributes.remove("phase");
        }
        entries.accept(new Entry(signs.line(), signs.nanos(), SIGNS, attributes, true));
    }

    private void passed(long uptime) {
        if (uptime < uptimeMillis) {
            earlierBootsMillis += uptimeMillis;
        }
        uptimeMillis = uptime;
        timed = true;
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(earlierBootsMillis + uptimeMillis);
    }

    private void happened(DeviceEvent event) {
        if (!(event instanceof DeviceEvent.Log)) {
            add(event.kind(), event.attributes());
        }
    }

    private void happened(FirmwareEvent event) {
        add(event.kind(), event.attributes());
    }

    /** Without times in the log, how long something took is not known. */
    private void add(String kind, Map<String, Object> attributes) {
        Map<String, Object> known = new LinkedHashMap<>(attributes);
        if (!timed) {
            known.values().removeIf(Duration.class::isInstance);
        }
        entries.accept(new Entry(number, nanos(), kind, known, translator.isReasonSaid()));
    }

    /**
     * One thing that happened.
     *
     * @param line the log's line that showed it, from 1
     * @param nanos since the first boot in the log
     * @param attributes as in a journal
     * @param said whether a line said the reason among them; otherwise it is the one that fits a connection which just ended
     */
    public record Entry(int line, long nanos, String kind, Map<String, Object> attributes, boolean said) {}
}
