package io.fieldloop.qemu.console;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines a firmware understands on UART0 in place of its user's button; without their line end.
 *
 * <p>A firmware without them is switched on, reset and off instead, and cannot be made to talk.
 */
public final class ConsoleControls {

    private static final String MILLIS = "${millis}";

    private final LineRule ready;
    private final String connect;
    private final String disconnect;
    private final @Nullable String talk;
    private final @Nullable String interrupt;
    private final @Nullable String press;
    private final @Nullable String reboot;

    ConsoleControls(
            LineRule ready,
            String connect,
            String disconnect,
            @Nullable String talk,
            @Nullable String interrupt,
            @Nullable String press,
            @Nullable String reboot) {
        this.ready = ready;
        this.connect = connect;
        this.disconnect = disconnect;
        this.talk = talk;
        this.interrupt = interrupt;
        this.press = press;
        this.reboot = reboot;
    }

    /** Whether with this line the firmware says that commands count from now on. */
    public boolean isReady(String line) {
        LogLine log = LogLine.parse(line);
        return log.tag().equals(ready.tag()) && ready.read(log.message()).isPresent();
    }

    /** Opens the channel. */
    public String connect() {
        return connect;
    }

    /** Closes the channel. */
    public String disconnect() {
        return disconnect;
    }

    /** Speaks for that long and waits for the reply. */
    public Optional<String> talk(Duration speech) {
        return Optional.ofNullable(talk).map(line -> line.replace(MILLIS, Long.toString(speech.toMillis())));
    }

    /** Cuts the server's speech short. */
    public Optional<String> interrupt() {
        return Optional.ofNullable(interrupt);
    }

    /** Presses the button of a device that is not ready yet. */
    public Optional<String> press() {
        return Optional.ofNullable(press);
    }

    /** Restarts the firmware. */
    public Optional<String> reboot() {
        return Optional.ofNullable(reboot);
    }
}
