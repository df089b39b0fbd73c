package io.fieldloop.scenario.cli.serve;

import io.fieldloop.scenario.report.text.VisibleText;
import io.fieldloop.server.connection.Secrets;
import io.fieldloop.server.event.ConnectionId;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Carries the events worth reading from the gateway's loops to the terminal, one line each.
 *
 * <p>A terminal can be slower than a flood or be paused by its user, and a loop must never wait for it: what does not fit in the queue
 * is counted ({@link LineBudget}).
 */
public final class EventLines implements GatewayListener {
    private static final int WAITING_MAX = 1000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final LineBudget budget = new LineBudget();
    private final EventText text = new EventText();
    private final InstantSource clock;
    private final ZoneId zone;

    public EventLines(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public void onEvent(GatewayEvent event) {
        text.of(event).ifPresent(line -> {
            ConnectionId connection = event.connection();
            String name = connection == null ? "" : connection + " ";
            if (budget.allows(event, clock.instant()) && !say(name + line)) {
                budget.leaveOut(event);
            }
        });
    }

    /** Prints a line of the program's own among the events; false when there is no room. */
    public boolean say(String line) {
        return waiting.offer(TIME.format(clock.instant().atZone(zone)) + "  " + VisibleText.line(Secrets.masked(line)));
    }

    /** Prints lines as they come, until interrupted. */
    public void print(PrintWriter out) throws InterruptedException {
        while (true) {
            String line = waiting.poll(1, TimeUnit.SECONDS);
            if (line != null) {
                out.println(line);
            }
            budget.endWindow(clock.instant()).forEach(out::println);
        }
    }

    /** Prints what waits. */
    public void drain(PrintWriter out) {
        for (String line = waiting.poll(); line != null; line = waiting.poll()) {
            out.println(line);
        }
        budget.end().forEach(out::println);
    }
}
