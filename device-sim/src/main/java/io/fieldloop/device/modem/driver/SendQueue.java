package io.fieldloop.device.modem.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.modem.Hex;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.IntSupplier;

/** What a socket of the library has to send, piece by piece, each a command that is answered and, where the dialect has it, confirmed. */
final class SendQueue {

    /** Whose queue it is. */
    interface Owner {
        boolean isConnected();

        /** No piece is under way any more. */
        void idle();

        /** A piece was not taken. */
        void failed();
    }

    private static final Duration PROMPTED = Duration.ofSeconds(1);

    /** What a send is given beyond its time on the wire, and how long a full window is left alone. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    private static final int BITS_PER_BYTE = 10;

    /** MAX_SEND_PACKETS_IN_QUEUE of xiaozhi-esp32: voice beyond it is not sent. */
    private static final int DATAGRAMS_MAX = 40;

    private final DeviceContext context;
    private final AtUart uart;
    private final SocketDialect dialect;
    private final EventWait events;
    private final IntSupplier baud;
    private final Owner owner;
    private final String commandBegins;
    private final String commandEnds;
    private final Queue<String> unsent = new ArrayDeque<>();
    private String current = "";
    private boolean sending;
    private boolean confirmed;
    private boolean refused;

    /** An empty one; {@code command} has a gap for the length. */
    SendQueue(
            DeviceContext context,
            AtUart uart,
            SocketDialect dialect,
            String command,
            EventWait events,
            IntSupplier baud,
            Owner owner) {
        this.context = context;
        this.uart = uart;
        this.dialect = dialect;
        this.events = events;
        this.baud = baud;
        this.owner = owner;
        String gap = "{length}";
        this.commandBegins = command.substring(0, command.indexOf(gap));
        this.commandEnds = command.substring(command.indexOf(gap) + gap.length());
    }

    void add(String bytes) {
        for (int from = 0; from < bytes.length(); ) {
            int to = (int) Math.min(bytes.length(), (long) from + dialect.chunkBytes());
            unsent.add(bytes.substring(from, to));
            from = to;
        }
        while (dialect.isDatagram() && unsent.size() > DATAGRAMS_MAX) {
            unsent.remove();
        }
        next();
    }

    void clear() {
        unsent.clear();
    }

    boolean isSending() {
        return sending;
    }

    /** The modem confirmed a piece, or {@code nothing} of it. */
    void confirm(boolean nothing) {
        confirmed = true;
        refused = nothing;
    }

    private void next() {
        if (!sending && owner.isConnected() && !unsent.isEmpty()) {
            sending = true;
            current = unsent.remove();
            send(current);
        }
    }

    private void send(String piece) {
        String command = commandBegins + piece.length() + commandEnds;
        if (dialect.hex()) {
            String full = command + Hex.of(piece.getBytes(ISO_8859_1));
            uart.send(new AtRequest(full, limitOf(full), null, this::answered));
        } else {
            uart.send(new AtRequest(command, PROMPTED, piece, this::answered));
        }
    }

    /** As whole milliseconds, like the library. */
    private Duration limitOf(String command) {
        return MARGIN.plusMillis((command.length() + 2L) * BITS_PER_BYTE * 1000 / baud.getAsInt());
    }

    private void answered(AtResult result) {
        if (result != AtResult.OK) {
            sending = false;
            owner.failed();
            owner.idle();
            next();
        } else if (dialect.awaitsSent()) {
            events.await(() -> confirmed, this::looked, this::unconfirmed);
        } else {
            done();
        }
    }

    /** Nothing that waits behind it in a stream can be sent any more; datagrams can. */
    private void unconfirmed() {
        if (dialect.isDatagram()) {
            context.log(LogLevel.ERROR, dialect.tag(), "Send timeout");
        } else {
            context.log(LogLevel.ERROR, dialect.tag(), "No send confirmation received");
            unsent.clear();
        }
        done();
    }

    /** A window that is full is tried again, for ever; a datagram is not. */
    private void looked() {
        if (refused && dialect.isDatagram()) {
            context.log(LogLevel.ERROR, dialect.tag(), "Failed to send data");
            done();
        } else if (refused) {
            confirmed = false;
            context.log(LogLevel.ERROR, dialect.tag(), "Send failed, retry later");
            context.schedule(this::sendAgain, MARGIN);
        } else {
            done();
        }
    }

    private void sendAgain() {
        if (owner.isConnected()) {
            send(current);
        }
    }

    /** The library clears the mark only once it has waited for it: a late one satisfies the next. */
    private void done() {
        confirmed = false;
        sending = false;
        owner.idle();
        next();
    }
}
