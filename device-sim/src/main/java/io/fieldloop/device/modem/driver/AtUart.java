package io.fieldloop.device.modem.driver;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The firmware's end of the UART: one command at a time, and a parser that takes a line for what it begins with (src/at_uart.cc of
 * 78/esp-ml307 3.6.4).
 *
 * <p>The parser's task calls whoever listens to lines; while that waits for something, nothing is parsed.
 */
public final class AtUart {

    private static final String TAG = "AtUart";
    private static final int SHOWN_CHARS = 64;

    /** The line its own receiver makes up when bytes were lost. */
    static final String OVERFLOW = "FIFO_OVERFLOW";

    /** What a modem sends to wake its host; the line behind it goes the same way. */
    private static final char WAKE_UP = 0xE0;

    /** Hears the lines that begin with a plus. */
    interface Listener {
        void heard(String name, AtArguments arguments);
    }

    private final DeviceContext context;
    private final Consumer<String> line;
    private final boolean debug;
    private final LongSupplier late;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<AtRequest> waiting = new ArrayDeque<>();
    private @Nullable AtRequest current;
    private @Nullable String dataToSend;
    private @Nullable Future<?> limit;
    private String received = "";
    private String response = "";
    private int cmeError;
    private boolean held;
    private boolean parsing;

    /**
     * An idle one.
     *
     * @param line takes what is sent
     * @param debug whether every line is printed, as {@code SetDebug(true)} does
     * @param late how late the machine was with what the modem and the wires do, all together
     */
    AtUart(DeviceContext context, Consumer<String> line, boolean debug, LongSupplier late) {
        this.context = context;
        this.line = line;
        this.debug = debug;
        this.late = late;
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    void forget(Listener listener) {
        listeners.remove(listener);
    }

    /** The last line that was nothing else. */
    String response() {
        return response;
    }

    /** The number of the last {@code +CME ERROR}; 0 where the last command had none. */
    int cmeError() {
        return cmeError;
    }

    /** The firmware lost power. */
    void losePower() {
        stopLimit();
        waiting.clear();
        listeners.clear();
        received = "";
        current = null;
        held = false;
    }

    void send(AtRequest request) {
        waiting.add(request);
        next();
    }

    private void next() {
        if (current != null || waiting.isEmpty()) {
            return;
        }
        AtRequest request = waiting.remove();
        current = request;
        dataToSend = request.data();
        cmeError = 0;
        response = "";
        if (debug) {
            log(">> " + shown(request.command()) + " (" + request.command().length() + " bytes)");
        }
        line.accept(request.command() + "\r\n");
        startLimit(request);
    }

    private void startLimit(AtRequest request) {
        limitBy(request.limit().toNanos(), late.getAsLong());
    }

    /** What a busy machine delays is no silence of the modem's. */
    private void limitBy(long nanos, long lateBefore) {
        limit = context.schedule(
                () -> {
                    long more = late.getAsLong() - lateBefore;
                    if (more > 0) {
                        limitBy(more, late.getAsLong());
                    } else {
                        end(AtResult.SILENCE);
                    }
                },
                Duration.ofNanos(nanos));
    }

    private void stopLimit() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    private void end(AtResult result) {
        stopLimit();
        AtRequest request = current;
        if (request == null) {
            return;
        }
        String data = dataToSend;
        if (result == AtResult.OK && data != null) {
            dataToSend = null;
            line.accept(data);
            startLimit(request);
        } else {
            current = null;
            request.done().accept(result);
            next();
        }
    }

    /** The parser's task waits for a lock, or for a command it sent itself. */
    void hold() {
        held = true;
    }

    /** It waits no longer. */
    void release() {
        if (held) {
            held = false;
            parse();
        }
    }

    /** Bytes arrived. */
    public void receive(String bytes) {
        received = received.isEmpty() ? bytes : received + bytes;
        parse();
    }

    /** Bytes were lost before they came here. */
    void overflowed() {
        context.log(LogLevel.WARN, TAG, "DMA buffer overflow detected, notifying upper layer");
        heard(OVERFLOW, AtArguments.parse(""));
    }

    private void parse() {
        if (parsing) {
            return; // whoever was called sent something that was answered at once
        }
        parsing = true;
        int from = 0;
        int end = held ? 0 : parseAt(0);
        while (end > from) {
            from = end;
            end = held ? from : parseAt(from);
        }
        received = received.substring(Math.min(from, received.length())); // power may have gone meanwhile
        parsing = false;
    }

    /** Where the next line begins; {@code from} itself while there is no whole one. */
    private int parseAt(int from) {
        if (current != null && from < received.length() && received.charAt(from) == '>') {
            end(AtResult.OK); // which the firmware does not print
            return from + 1;
        }
        int end = received.indexOf("\r\n", from);
        if (end < 0) {
            return from;
        }
        if (end > from) {
            take(received.substring(from, end));
        }
        return end + 2;
    }

    private void take(String text) {
        if (debug) {
            log("<< " + shown(text) + " (" + text.length() + " bytes) [" + firstBytes(text) + "]");
        }
        if (text.charAt(0) == '+') {
            int colon = text.indexOf(": ");
            String name = colon < 0 ? text.substring(1) : text.substring(1, colon);
            heard(name, AtArguments.parse(colon < 0 ? "" : text.substring(colon + 2)));
        } else if (text.equals("OK")) {
            end(AtResult.OK);
        } else if (text.equals("ERROR")) {
            end(AtResult.ERROR);
        } else if (text.charAt(0) != WAKE_UP) {
            response = text;
        }
    }

    void heard(String name, AtArguments arguments) {
        if (name.equals("CME ERROR")) {
            cmeError = arguments.count() == 0 ? 0 : arguments.number(0);
            end(AtResult.ERROR);
        } else {
            for (Listener listener : listeners) {
                listener.heard(name, arguments);
            }
        }
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), SHOWN_CHARS)).replace("\r\n", "");
    }

    /** The debug line shows three bytes, of the line end too. */
    private static String firstBytes(String text) {
        StringBuilder bytes = new StringBuilder();
        String shown = text + "\r\n";
        for (int index = 0; index < 3; index++) {
            bytes.append(String.format(Locale.ROOT, "%02x", (int) shown.charAt(index)));
        }
        return bytes.toString();
    }

    void log(String message) {
        context.log(LogLevel.INFO, TAG, message);
    }
}
