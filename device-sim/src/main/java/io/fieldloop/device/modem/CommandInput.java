package io.fieldloop.device.modem;

import java.util.function.Consumer;

/**
 * What a modem receives, as commands and data: a command ends with a carriage return, and waits while the modem is busy with another; after a
 * prompt a number of bytes is data, whatever they are.
 */
final class CommandInput {

    /** Longer than any command; what goes on without an end is no command. */
    private static final int CHARS_MAX = 1 << 16;

    private final Consumer<String> commands;
    private final StringBuilder received = new StringBuilder();
    private Consumer<String> data = bytes -> {};
    private int awaitedBytes;
    private boolean busy;
    private boolean lineFeedMayFollow;

    CommandInput(Consumer<String> commands) {
        this.commands = commands;
    }

    boolean takesCommands() {
        return awaitedBytes == 0;
    }

    void receive(String bytes) {
        if (received.length() + bytes.length() > CHARS_MAX) {
            received.setLength(0);
        }
        received.append(bytes);
        if (lineFeedMayFollow) {
            skipLineFeed();
        }
        consume();
    }

    /** The next so many bytes are data. */
    void await(int bytes, Consumer<String> taken) {
        awaitedBytes = bytes;
        data = taken;
    }

    void busy() {
        busy = true;
    }

    void free() {
        busy = false;
        consume();
    }

    void forget() {
        received.setLength(0);
        awaitedBytes = 0;
        busy = false;
    }

    private void consume() {
        boolean more = true;
        while (more) {
            more = awaitedBytes > 0 ? takeData() : !busy && takeCommand();
        }
    }

    private boolean takeData() {
        if (received.length() < awaitedBytes) {
            return false;
        }
        String bytes = received.substring(0, awaitedBytes);
        received.delete(0, awaitedBytes);
        awaitedBytes = 0;
        data.accept(bytes);
        return true;
    }

    private boolean takeCommand() {
        int end = received.indexOf("\r");
        if (end < 0) {
            return false;
        }
        String text = received.substring(0, end).strip();
        received.delete(0, end + 1);
        skipLineFeed();
        if (!text.isEmpty()) {
            commands.accept(text);
        }
        return true;
    }

    /** One behind a command's end belongs to it, and not to the data. */
    private void skipLineFeed() {
        lineFeedMayFollow = received.length() == 0;
        if (!lineFeedMayFollow && received.charAt(0) == '\n') {
            received.deleteCharAt(0);
        }
    }
}
