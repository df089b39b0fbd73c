package io.fieldloop.qemu.console;

import io.fieldloop.device.event.FailureReason;
import io.fieldloop.qemu.console.LineRule.Sighting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a firmware's console mean, in the vocabulary of {@link io.fieldloop.device.event.DeviceEvent}; read from a YAML file.
 *
 * <p>{@code stock.yaml} and {@code fieldloop.yaml} beside this class are the ones that ship, and their comments describe the format.
 */
public final class ConsoleDictionary {

    /**
     * Reasons the console does not tell apart.
     *
     * @param said what the translator reports
     * @param code the code that goes with it; null for any
     * @param mayBe what may have happened instead
     * @param because a sentence fragment for a person
     */
    public record Ambiguity(FailureReason said, @Nullable String code, Set<FailureReason> mayBe, String because) {
        public Ambiguity {
            mayBe = Set.copyOf(mayBe);
        }
    }

    private final String name;
    private final List<LineRule> rules;
    private final Map<String, FailureReason> codes;
    private final Map<Integer, FailureReason> alerts;
    private final List<Ambiguity> ambiguities;
    private final @Nullable ConsoleControls controls;
    private final Map<String, List<LineRule>> byTag = new HashMap<>();
    private final Set<String> observed;

    ConsoleDictionary(
            String name,
            List<LineRule> rules,
            Map<String, FailureReason> codes,
            Map<Integer, FailureReason> alerts,
            List<Ambiguity> ambiguities,
            @Nullable ConsoleControls controls) {
        this.name = name;
        this.rules = List.copyOf(rules);
        this.codes = new LinkedHashMap<>(codes);
        this.alerts = new LinkedHashMap<>(alerts);
        this.ambiguities = List.copyOf(ambiguities);
        this.controls = controls;
        this.rules.forEach(rule ->
                byTag.computeIfAbsent(rule.tag(), tag -> new ArrayList<>()).add(rule));
        this.observed = observed(this.rules);
    }

    /** The reference firmware: everything of {@link #stock()}, and the exact lines of tag {@code fieldloop} in its place. */
    public static ConsoleDictionary bundled() {
        return DictionaryReader.bundled("fieldloop");
    }

    /** Firmware nobody wrote for a harness: xiaozhi-esp32 and whatever else runs on ESP-IDF. It has no controls. */
    public static ConsoleDictionary stock() {
        return DictionaryReader.bundled("stock");
    }

    /** A user's own file; what is wrong with it is a {@link ConsoleDictionaryException}. */
    public static ConsoleDictionary load(Path file) {
        return DictionaryReader.read(file);
    }

    public String name() {
        return name;
    }

    public Optional<ConsoleControls> controls() {
        return Optional.ofNullable(controls);
    }

    /**
     * Whether a console with this dictionary can ever show that: the kind of a device event ({@code pong-sent}) or the name of an
     * attribute ({@code alert-sent}). An expectation on anything else cannot be judged.
     */
    public boolean observes(String kindOrAttribute) {
        return observed.contains(kindOrAttribute);
    }

    /**
     * Why a console that said {@code said} may have been a case of {@code expected}; empty when it tells them apart.
     *
     * @param code the code it said with it, or null
     */
    public Optional<String> doubt(FailureReason said, @Nullable String code, FailureReason expected) {
        return ambiguities.stream()
                .filter(one -> one.said() == said && one.mayBe().contains(expected))
                .filter(one -> one.code() == null || one.code().equals(code))
                .map(Ambiguity::because)
                .findFirst();
    }

    public List<Ambiguity> ambiguities() {
        return ambiguities;
    }

    Optional<Sighting> read(LogLine line) {
        for (LineRule rule : byTag.getOrDefault(line.tag(), List.of())) {
            Optional<Sighting> sighting = rule.read(line.message());
            if (sighting.isPresent()) {
                return sighting;
            }
        }
        return Optional.empty();
    }

    /** What a normalised code says by itself. */
    @Nullable
    FailureReason reasonOfCode(String code) {
        return codes.get(code);
    }

    /** What the number of a TLS alert from the peer says. */
    FailureReason reasonOfAlert(int number) {
        return alerts.getOrDefault(number, FailureReason.PEER_ALERT);
    }

    /** Whether some line says it outright. */
    boolean says(Observation observation) {
        return rules.stream().anyMatch(rule -> rule.is().contains(observation));
    }

    /**
     * A line it may read: what a filter in front of it lets through.
     *
     * @param tag empty for lines without one
     */
    public record LinePattern(String tag, String regex) {}

    public List<LinePattern> patterns() {
        return rules.stream()
                .map(rule -> new LinePattern(rule.tag(), rule.line().pattern()))
                .toList();
    }

    /**
     * The same, for whoever reads a log and can mend the dictionary: a pattern that takes too many steps is a {@link
     * ConsoleDictionaryException}, where a machine's console is read on without it.
     */
    public ConsoleDictionary strict() {
        return new ConsoleDictionary(
                name, rules.stream().map(LineRule::whichFails).toList(), codes, alerts, ambiguities, controls);
    }

    List<LineRule> rules() {
        return rules;
    }

    Map<String, FailureReason> codes() {
        return codes;
    }

    Map<Integer, FailureReason> alerts() {
        return alerts;
    }

    private static Set<String> observed(List<LineRule> rules) {
        Set<String> observed = new TreeSet<>(Set.of("log", "level", "tag", "message", "uptime-millis"));
        for (LineRule rule : rules) {
            rule.is().stream().map(Observation::word).forEach(observed::add);
            for (Value value : Value.values()) {
                if (rule.decides(value) && value.attribute() != null) {
                    observed.add(value.attribute().toLowerCase(Locale.ROOT));
                }
            }
        }
        if (observed.contains(Observation.REFUSED.word())) {
            observed.addAll(List.of("reason", "phase", "text", "elapsed"));
        }
        return observed;
    }
}
