package io.fieldloop.device.modem.driver;

import io.fieldloop.device.attempt.OpenRefused;
import io.fieldloop.device.attempt.SendStalled;
import io.fieldloop.device.context.DeviceContext;
import io.fieldloop.device.event.LogLevel;
import io.fieldloop.device.modem.Hex;
import io.fieldloop.device.modem.StalledException;
import io.fieldloop.device.modem.driver.AtRequest.AtResult;
import io.fieldloop.device.profile.NetworkLibrary;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One socket as the network library drives it: asks for its state, closes what is left of the last one, sets it up, opens, sends piece
 * by piece.
 */
final class AtSocket implements AtChannel.Socket, AtUart.Listener, SendQueue.Owner {

    private static final Duration COMMAND = Duration.ofSeconds(1);

    private final DeviceContext context;
    private final AtUart uart;
    private final SocketDialect dialect;
    private final int id;
    private final String host;
    private final int port;
    private final Supplier<@Nullable Throwable> seen;
    private final EventWait events;
    private final SendQueue unsent;
    private final AtChannel channel = new AtChannel(this);
    private @Nullable ChannelPromise opening;
    private boolean active;
    private boolean connected;
    private boolean stateKnown;
    private boolean closed;
    private byte @Nullable [] blocked;

    /** @param seen what went wrong with the socket, as the modem saw it, which no line tells */
    AtSocket(
            DeviceContext context,
            AtUart uart,
            SocketDialect dialect,
            int id,
            String host,
            int port,
            IntSupplier baud,
            Supplier<@Nullable Throwable> seen) {
        this.context = context;
        this.uart = uart;
        this.dialect = dialect;
        this.id = id;
        this.host = host;
        this.port = port;
        this.seen = seen;
        this.events = new EventWait(context);
        this.unsent = new SendQueue(context, uart, dialect, fill(dialect.sendCommand()), events, baud, this);
    }

    ChannelPromise open(ChannelHandler pipeline) {
        channel.pipeline().addLast(pipeline);
        context.loop().register(channel);
        ChannelPromise promise = channel.newPromise();
        opening = promise;
        uart.listen(this);
        dialect.first().forEach(command -> ask(command, result -> {}));
        ask(dialect.stateCommand(), result -> stateAsked());
        return promise;
    }

    private void stateAsked() {
        if (!dialect.needsState()) {
            closeStale();
        } else {
            events.await(
                    () -> stateKnown,
                    this::closeStale,
                    () -> refuse("Failed to initialize TCP connection", 0)); // which it says of UDP, too
        }
    }

    private void closeStale() {
        if (active) {
            ask(dialect.closeCommand(), result -> {
                if (result == AtResult.OK && !dialect.closedHeard().isEmpty()) {
                    events.await(() -> closed, this::setUp, this::setUp);
                } else {
                    setUp();
                }
            });
        } else {
            setUp();
        }
    }

    private void setUp() {
        active = false;
        setUp(dialect.setUp().iterator());
    }

    private void setUp(Iterator<String> commands) {
        if (commands.hasNext()) {
            String command = commands.next();
            ask(command, result -> {
                if (result == AtResult.OK) {
                    setUp(commands);
                } else {
                    refuse("Failed to set " + (command.contains("encoding") ? "HEX encoding" : "SSL configuration"), 0);
                }
            });
        } else {
            closed = false;
            ask(dialect.openCommand(), result -> {
                if (result != AtResult.OK) {
                    refuse("Failed to open " + dialect.kind() + " connection" + told(result), uart.cmeError());
                }
            });
        }
    }

    /** Before 3.7 one class of four tells the number. */
    private String told(AtResult result) {
        if (context.profile().mqtt().library() == NetworkLibrary.FROM_3_7) {
            return ": " + result.text(uart.cmeError());
        }
        return dialect.tellsNumber() ? ", error=" + uart.cmeError() : "";
    }

    private void refuse(String message, int error) {
        context.log(LogLevel.ERROR, dialect.tag(), message);
        ChannelPromise promise = opening;
        opening = null;
        if (promise != null) {
            promise.tryFailure(new OpenRefused(error, message, seen.get()));
        }
        channel.close();
    }

    private void ask(String command, Consumer<AtResult> done) {
        uart.send(new AtRequest(fill(command), COMMAND, null, done));
    }

    private String fill(String command) {
        return command.replace("{id}", Integer.toString(id))
                .replace("{host}", host)
                .replace("{port}", Integer.toString(port));
    }

    @Override
    public void heard(String name, AtArguments arguments) {
        int count = arguments.count();
        if (name.equals(AtUart.OVERFLOW)) {
            overflowed();
        } else if (name.equals(dialect.dataHeard())) {
            if (count >= 2 && arguments.number(1) == id) {
                unsolicited(arguments);
            }
        } else if (count > 0 && arguments.number(0) == id) {
            if (name.equals(dialect.openHeard()) && count == 2) {
                opened(arguments.number(1));
            } else if (name.equals(dialect.sentHeard()) && count == dialect.sentCount()) {
                unsent.confirm(count == 3 && arguments.number(1) != 0);
            } else if (name.equals(dialect.closedHeard()) && count == 1) {
                active = false;
                closed = true;
            } else if (name.equals(dialect.stateHeard()) && count > dialect.conditionAt()) {
                stateKnown = true;
                active = !arguments.text(dialect.conditionAt()).equals(dialect.idle());
            }
        }
        events.look();
    }

    private void opened(int error) {
        ChannelPromise promise = opening;
        if (promise == null) {
            return;
        }
        if (error == 0) {
            opening = null;
            active = true;
            connected = true;
            channel.connected(promise);
        } else {
            refuse("Failed to connect to " + host + ":" + port, error);
        }
    }

    private void unsolicited(AtArguments arguments) {
        String word = arguments.text(0);
        if (word.equals(dialect.dataWord())) {
            if (connected && arguments.count() >= 4) {
                received(bytesOf(arguments.text(3)));
            }
        } else if (!word.equals(dialect.lostWord())) {
            context.log(LogLevel.ERROR, dialect.tag(), "Unknown " + dialect.dataHeard() + " command: " + word);
        } else if (arguments.count() >= dialect.lostCount()) {
            active = dialect.idle().isEmpty();
            lost();
        }
    }

    /** Firmware that holds a lock while it sends makes the parser wait for it, and so for an answer that nobody parses. */
    private void received(byte[] bytes) {
        if (unsent.isSending()
                && dialect.isDatagram()
                && context.profile().mqtt().locksWhileSending()) {
            blocked = bytes;
            uart.hold();
        } else {
            channel.received(bytes);
        }
    }

    /** Told from the parser's task, which so waits the whole time of a command whose answer it would have to parse. */
    private void overflowed() {
        if (active) {
            uart.hold();
            ask(dialect.closeCommand(), result -> {
                uart.release();
                lost();
            });
        }
    }

    /** What is no hexadecimal digit counts as 0, and an odd digit at the end as a byte of its own. */
    static byte[] bytesOf(String hex) {
        byte[] bytes = new byte[(hex.length() + 1) / 2];
        for (int index = 0; index < hex.length(); index++) {
            int digit = Math.max(0, Hex.valueOf(hex.charAt(index)));
            bytes[index / 2] |= (byte) (index % 2 == 0 ? digit << 4 : digit);
        }
        return bytes;
    }

    private void lost() {
        if (connected) {
            connected = false;
            unsent.clear();
            Throwable cause = seen.get();
            if (cause instanceof StalledException) {
                channel.pipeline().fireUserEventTriggered(new SendStalled());
            } else if (cause != null) {
                channel.pipeline().fireExceptionCaught(cause);
            }
            channel.close();
        }
    }

    @Override
    public void send(String bytes) {
        unsent.add(bytes);
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void idle() {
        byte[] waiting = blocked;
        if (waiting != null) {
            blocked = null;
            channel.received(waiting);
            uart.release();
        }
    }

    /** A stream is given up; a datagram is lost, and the next one tried. */
    @Override
    public void failed() {
        if (dialect.isDatagram()) {
            context.log(LogLevel.ERROR, dialect.tag(), "Failed to send data chunk");
        } else {
            channel.pipeline().fireUserEventTriggered(new SendStalled());
            channel.close();
        }
    }

    @Override
    public void close() {
        connected = false;
        opening = null;
        unsent.clear();
        events.stop();
        if (active) {
            ask(dialect.closeCommand(), result -> uart.forget(this));
        } else {
            uart.forget(this);
        }
    }
}
