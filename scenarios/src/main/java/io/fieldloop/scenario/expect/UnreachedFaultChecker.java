package io.fieldloop.scenario.expect;

import io.fieldloop.device.event.DeviceEvent;
import io.fieldloop.device.event.EventRecords;
import io.fieldloop.scenario.adversary.AdversaryEvent;
import io.fieldloop.scenario.journal.AppliedFaults;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.journal.Lane;
import io.fieldloop.scenario.model.Expectation;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.model.Step;
import io.fieldloop.scenario.model.device.ModemFaultSpec;
import io.fieldloop.scenario.model.gateway.FaultSpec;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import io.fieldloop.scenario.verdict.ExpectationResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks what no file has to say: that each fault it sets, of the gateway or in a modem, has acted, and each adversary begun, unless an
 * expectation names it.
 *
 * <p>One that nothing came as far as leaves a run in which all is well, and which shows nothing.
 */
final class UnreachedFaultChecker {
    private static final String IN_MODEM = EventRecords.kind(DeviceEvent.ModemFault.class);
    private static final String ATTACK = EventRecords.kind(AdversaryEvent.AttackBegan.class);

    private final Scenario scenario;

    UnreachedFaultChecker(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Something that should have been seen.
     *
     * @param what it is, {@code did} what it did not do, {@code since} why not, and {@code does} what it was to do
     * @param kind of the entry that shows it
     * @param actor whose entry; null for anybody's
     * @param where what an expectation that names it may ask of the entry, as {@code never} spells it; empty for nothing
     * @param seen whether an entry of that kind and actor shows it
     */
    private record Awaited(
            String what,
            String does,
            String did,
            String since,
            String kind,
            @Nullable String actor,
            Map<String, String> where,
            Predicate<JournalEntry> seen,
            SourcePosition position) {

        boolean isNamed(Expectation.Event event) {
            return event.event().equals(kind)
                    && (actor == null || event.actor() == null || event.actor().includes(actor))
                    && where.entrySet().stream()
                            .allMatch(one ->
                                    one.getValue().equals(event.where().getOrDefault(one.getKey(), one.getValue())));
        }

        boolean isShownBy(JournalEntry entry) {
            return entry.kind().equals(kind)
                    && (actor == null || Names.of(actor).includes(entry.actor()))
                    && seen.test(entry);
        }

        ExpectationResult unreached() {
            String whose = actor == null ? "" : ", actor: " + actor;
            String which = where.isEmpty()
                    ? ""
                    : ", where: "
                            + where.toString()
                                    .replace("=", ": ")
                                    .replace("{", "{ ")
                                    .replace("}", " }");
            return Findings.inconclusive(what + " never " + did + ", so this run shows nothing of it: " + since
                            + ", or say that it is meant with { never: { event: " + kind + whose + which + " } }.")
                    .resultOf(Character.toLowerCase(what.charAt(0)) + what.substring(1) + " " + does, position);
        }
    }

    /** One result for each that was not seen; faults of the gateway by their kinds, each at its first place in the file. */
    List<ExpectationResult> check(Timeline timeline) {
        Map<String, Awaited> byWhat = new LinkedHashMap<>();
        Stream.of(gatewayFaults(), modemFaults(), adversaries())
                .flatMap(all -> all)
                .filter(one -> !isNamed(one))
                .forEach(one -> byWhat.putIfAbsent(one.what(), one));
        return byWhat.values().stream()
                .filter(one -> timeline.entries().stream().noneMatch(one::isShownBy))
                .map(Awaited::unreached)
                .toList();
    }

    private Stream<Awaited> gatewayFaults() {
        return Stream.concat(
                        scenario.gateway().faults().stream(),
                        scenario.allSteps()
                                .filter(Step.Faults.class::isInstance)
                                .flatMap(step -> ((Step.Faults) step).faults().stream()))
                .map(UnreachedFaultChecker::gatewayFault);
    }

    private static Awaited gatewayFault(FaultSpec fault) {
        return new Awaited(
                "The fault " + fault.name(),
                "acts",
                "acted",
                "no connection came as far as that. Let one",
                AppliedFaults.KIND,
                null,
                Map.of(AppliedFaults.FAULT, fault.name()),
                entry -> fault.name().equals(entry.written(AppliedFaults.FAULT)),
                fault.position());
    }

    private Stream<Awaited> modemFaults() {
        return scenario.devices().entrySet().stream()
                .filter(device -> device.getValue().modem() != null)
                .flatMap(device -> Objects.requireNonNull(device.getValue().modem()).faults().stream()
                        .map(fault -> modemFault(device.getKey(), fault)));
    }

    private static Awaited modemFault(String device, ModemFaultSpec spec) {
        boolean timed = spec.at() != null;
        return new Awaited(
                "The fault in the modem of " + device + " on "
                        + (timed ? "its time" : "the " + spec.waitsFor() + " '" + spec.beginning() + "'"),
                "acts",
                "acted",
                timed ? "the run ended before it. Let it go on" : "not enough of them came. Let one",
                IN_MODEM,
                device,
                Map.of(),
                entry -> spec.waitsFor().equals(entry.written("when"))
                        && String.valueOf(entry.written("on")).startsWith(spec.shownBeginning()),
                spec.position());
    }

    private Stream<Awaited> adversaries() {
        return scenario.adversaries().entrySet().stream()
                .map(adversary -> new Awaited(
                        "The adversary " + adversary.getKey(),
                        "begins",
                        "began",
                        "no step came that begins it, and no time it starts at. Let it begin with { attack: "
                                + adversary.getKey() + " }",
                        ATTACK,
                        adversary.getKey(),
                        Map.of(),
                        entry -> entry.lane() == Lane.ADVERSARY,
                        adversary.getValue().position()));
    }

    private boolean isNamed(Awaited awaited) {
        return scenario.expect().stream()
                .map(expectation -> expectation instanceof Expectation.Never never ? never.never() : expectation)
                .anyMatch(expectation -> expectation instanceof Expectation.Event event && awaited.isNamed(event));
    }
}
