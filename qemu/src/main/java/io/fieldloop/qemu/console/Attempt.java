package io.fieldloop.qemu.console;

import io.fieldloop.device.event.Phase;
import java.time.Duration;
import java.util.Locale;

/** An attempt to open the channel that the console has told of and that is not over. */
final class Attempt {

    private final String url;
    private final long startedNanos;
    private long milestoneNanos;
    private Phase reached = Phase.DNS;

    Attempt(String url, long startedNanos) {
        this.url = url;
        this.startedNanos = startedNanos;
        this.milestoneNanos = startedNanos;
    }

    /** The phase it is in, as far as the console showed. */
    Phase reached() {
        return reached;
    }

    Duration elapsed(long nanos) {
        return Duration.ofNanos(nanos - startedNanos);
    }

    /** TCP, TLS or the upgrade is done; returns the time since the one before. */
    Duration passed(Observation milestone, long nanos) {
        Duration since = Duration.ofNanos(nanos - milestoneNanos);
        milestoneNanos = nanos;
        boolean tls = url.toLowerCase(Locale.ROOT).matches("(wss|https):.*");
        reached = switch (milestone) {
            case TCP_CONNECTED -> tls ? Phase.TLS : Phase.UPGRADE;
            case TLS_ESTABLISHED -> Phase.UPGRADE;
            default -> Phase.HELLO;
        };
        return since;
    }
}
