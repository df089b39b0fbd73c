package io.fieldloop.qemu.console;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Cuts the bytes of a UART into lines of text that are safe to show: no colours, no control characters, bounded length.
 *
 * <p>CR, LF and CR LF end a line, and so does any run of CRs before an LF. What is no text (a boot ROM at another baud rate, broken
 * UTF-8) stays visible as {@code \x80}. A line without an end is handed on once nothing has followed it for {@link #PAUSE}, since a
 * prompt or the last words of a crash have none. Not safe for use by several threads.
 */
public final class ConsoleLines {

    /** How long a line may stay without its end before it counts as one. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    /** Longest line handed on; what a firmware prints beyond it is counted. */
    public static final int LINE_CHARS_MAX = 4096;

    private final Consumer<String> lines;
    private final AnsiFilter ansi = new AnsiFilter();
    private final VisibleUtf8 text = new VisibleUtf8(LINE_CHARS_MAX);
    private boolean carriageReturn;
    private long lastByteNanos;

    public ConsoleLines(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Bytes that arrived at {@code nanos}; the buffer is read to its end. */
    public void feed(ByteBuffer bytes, long nanos) {
        if (!bytes.hasRemaining()) {
            return;
        }
        pause(nanos);
        while (bytes.hasRemaining()) {
            take(bytes.get() & 0xFF);
        }
        lastByteNanos = nanos;
    }

    public void feed(byte[] bytes, long nanos) {
        feed(ByteBuffer.wrap(bytes), nanos);
    }

    /** It is {@code nanos} and nothing else has arrived; to be called now and then while the console is silent. */
    public void pause(long nanos) {
        if (nanos - lastByteNanos >= PAUSE.toNanos()) {
            end();
        }
    }

    /** Nothing will follow. */
    public void end() {
        ansi.reset();
        if (carriageReturn || !text.isEmpty()) {
            endLine();
        }
    }

    private void take(int octet) {
        if (ansi.swallows(octet)) {
            return;
        }
        if (octet == '\n') {
            endLine();
        } else if (octet == '\r') {
            carriageReturn = true;
        } else {
            if (carriageReturn) {
                endLine();
            }
            text.add(octet);
        }
    }

    private void endLine() {
        carriageReturn = false;
        lines.accept(text.take());
    }
}
