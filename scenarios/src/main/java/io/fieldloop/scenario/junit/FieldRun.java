package io.fieldloop.scenario.junit;

import io.fieldloop.scenario.catalogue.EventCatalogue;
import io.fieldloop.scenario.catalogue.EventKind;
import io.fieldloop.scenario.engine.JournalWiring;
import io.fieldloop.scenario.journal.AppliedFaults;
import io.fieldloop.scenario.journal.Journal;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.report.jsonl.JournalWriter;
import io.fieldloop.scenario.rig.capture.LinkCaptures;
import io.fieldloop.scenario.rig.socket.LoopbackStage;
import io.fieldloop.scenario.shape.yaml.Nearest;
import io.fieldloop.server.fault.FaultAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * What one test sees of its parts: everything they report, in the order in which it happened.
 *
 * <p>Made by {@link StartStop}, or by hand where there is no JUnit. Works on real sockets and the clock on the wall.
 */
public final class FieldRun implements AutoCloseable {
    private final LoopbackStage stage = new LoopbackStage();
    private final Journal journal = new Journal(stage::nanosSinceStart);
    private final JournalWiring wiring = new JournalWiring(journal);
    private final Path evidence;
    private final LinkCaptures captures;
    private final Set<String> asked = new LinkedHashSet<>();

    /** @param evidence a folder for captures and for what {@link #keep} writes; made only when something is put there */
    public FieldRun(Path evidence) {
        this.evidence = evidence;
        this.captures = LinkCaptures.in(evidence);
        journal.observe(captures::noted);
    }

    /** All that happened so far. */
    public List<JournalEntry> journal() {
        return journal.entries();
    }

    /** The first entry of that kind, such as {@code handshake-refused}; waited for where there is none yet. */
    public JournalEntry await(String kind, Duration within) {
        return await(kind, Map.of(), within);
    }

    /**
     * The first entry of that kind with these attributes, as the journal's file writes them; FORMAT.md lists both.
     *
     * @throws AssertionError where none comes within that time
     */
    public JournalEntry await(String kind, Map<String, ?> where, Duration within) {
        requireKnown(kind);
        Predicate<JournalEntry> wanted = entry -> entry.kind().equals(kind)
                && where.entrySet().stream()
                        .allMatch(attribute -> String.valueOf(attribute.getValue())
                                .equals(String.valueOf(entry.written(attribute.getKey()))));
        CompletableFuture<JournalEntry> seen = new CompletableFuture<>();
        journal.observe(entry -> {
            if (wanted.test(entry)) {
                seen.complete(entry);
            }
        });
        journal.entries().stream().filter(wanted).findFirst().ifPresent(seen::complete);
        try {
            return seen.orTimeout(within.toNanos(), TimeUnit.NANOSECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new AssertionError("No " + kind + (where.isEmpty() ? "" : " with " + where) + " came within "
                        + within.toMillis() + " ms; there were " + kinds() + ".");
            }
            throw e;
        }
    }

    private static void requireKnown(String kind) {
        List<String> known =
                EventCatalogue.all().stream().map(EventKind::kind).distinct().toList();
        if (!known.contains(kind)) {
            throw new IllegalArgumentException("No event is called '" + kind + "'; "
                    + Nearest.to(kind, known)
                            .map(nearest -> "did you mean " + nearest + "?")
                            .orElse("scenarios/FORMAT.md lists them."));
        }
    }

    private Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>();
        journal.entries().forEach(entry -> kinds.add(entry.kind()));
        return kinds;
    }

    LoopbackStage stage() {
        return stage;
    }

    LinkCaptures captures() {
        return captures;
    }

    Path evidence() {
        return evidence;
    }

    /** Where parts report to. */
    JournalWiring wiring() {
        return wiring;
    }

    /** Takes down what happens in a run that goes on around this one. */
    void hear(FieldRun around) {
        around.journal.observe(entry -> journal.write(entry.lane(), entry.actor(), entry.kind(), entry.attributes()));
    }

    void asksFor(FaultAction fault) {
        asked.add(fault.wireName());
    }

    /** Names of the faults that were asked for and never acted. */
    Set<String> unreached() {
        Set<String> unreached = new LinkedHashSet<>(asked);
        unreached.removeAll(AppliedFaults.in(journal.entries()));
        return unreached;
    }

    /** Fails where a fault that was asked for never acted. */
    public void requireFaultsReached() {
        Set<String> unreached = unreached();
        if (!unreached.isEmpty()) {
            throw new AssertionError("The fault " + String.join(", ", unreached)
                    + " never acted, so this test shows nothing about it: no connection came as far as that.");
        }
    }

    /** Writes the journal beside the captures, and says where. */
    public Path keep() {
        try {
            Files.createDirectories(evidence);
            try (JournalWriter out = new JournalWriter(Files.newBufferedWriter(evidence.resolve("journal.jsonl")))) {
                out.write(journal.entries());
            }
            return evidence;
        } catch (IOException e) {
            throw new UncheckedIOException("The journal could not be written to " + evidence + ".", e);
        }
    }

    @Override
    public void close() {
        journal.close();
        stage.close();
        captures.close();
    }
}
