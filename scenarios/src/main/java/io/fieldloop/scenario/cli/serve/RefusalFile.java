package io.fieldloop.scenario.cli.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.server.admin.RefusalJson;
import io.fieldloop.server.connection.Secrets;
import io.fieldloop.server.event.GatewayEvent;
import io.fieldloop.server.event.GatewayListener;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends a line of JSON for each refusal to a file, for whatever reads such files: a firewall for web requests, a SIEM.
 *
 * <p>Written by a thread of its own, since no loop of the gateway may wait for a disk; what does not fit in its queue is counted, and
 * the count is the next line.
 */
public final class RefusalFile implements GatewayListener, AutoCloseable {
    private static final int WAITING_MAX = 10_000;
    private static final String END = "";

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong left = new AtomicLong();
    private final InstantSource clock;
    private final Consumer<String> said;
    private final Writer file;
    private final Thread writer = new Thread(this::write, "fieldloop-refusals");

    private RefusalFile(Writer file, InstantSource clock, Consumer<String> said) {
        this.file = file;
        this.clock = clock;
        this.said = said;
        writer.setDaemon(true);
    }

    /** Opens it, or throws in a sentence; {@code said} hears when it can no longer be written. */
    public static RefusalFile open(Path path, InstantSource clock, Consumer<String> said) {
        try {
            RefusalFile opened = new RefusalFile(
                    Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock, said);
            opened.writer.start();
            return opened;
        } catch (IOException e) {
            throw CliException.unwritable("--refusals " + path, e);
        }
    }

    @Override
    public void onEvent(GatewayEvent event) {
        String line = line(event);
        if (line != null && !waiting.offer(line)) {
            left.incrementAndGet();
        }
    }

    /** Both hear what happens. */
    public GatewayListener beside(GatewayListener other) {
        return event -> {
            onEvent(event);
            other.onEvent(event);
        };
    }

    private @Nullable String line(GatewayEvent event) {
        if (event instanceof GatewayEvent.HandshakeRefused refused) {
            return masked(RefusalJson.of(refused.refusal())).toString();
        }
        return event instanceof GatewayEvent.RefusalsSummarised summary
                ? RefusalJson.of(summary, clock.instant()).toString()
                : null;
    }

    /** What a client sent may hold its token. */
    private static ObjectNode masked(ObjectNode record) {
        record.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .forEach(field -> field.setValue(
                        TextNode.valueOf(Secrets.masked(field.getValue().textValue()))));
        return record;
    }

    private void write() {
        try (file) {
            for (String line = waiting.take(); !line.equals(END); line = waiting.take()) {
                file.write(line + "\n");
                long lost = left.getAndSet(0);
                if (lost > 0) {
                    file.write("{\"at\":\"" + clock.instant() + "\",\"lost\":" + lost + "}\n");
                }
                if (waiting.isEmpty()) {
                    file.flush();
                }
            }
        } catch (IOException e) {
            said.accept("--refusals: no more can be written: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        try {
            waiting.put(END);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
