package io.fieldloop.qemu.console;

import java.time.Duration;
import java.util.Locale;

/** An attempt to open the channel that the console has told of and that is not over. */
final class Attempt {

    private final String url;
    private final long startedNanos;
    private long milestoneNanos;
    private String reached = "dns";

    public Attempt(String url, long startedNanos) {
        this.url = url;
        this.startedNanos = startedNanos;
        this.milestoneNanos = startedNanos;
    }

    String url() {
        return url;
    }

    /** The phase it is in, as far as the console showed. */
    String reached() {
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
            case TCP_CONNECTED -> tls ? "tls" : "upgrade";
            case TLS_ESTABLISHED -> "upgrade";
            default -> "hello";
        };
        return since;
    }
}
