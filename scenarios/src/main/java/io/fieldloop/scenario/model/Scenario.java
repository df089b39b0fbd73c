package io.fieldloop.scenario.model;

import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.device.DeviceSpec;
import io.fieldloop.scenario.model.device.LinkSpec;
import io.fieldloop.scenario.model.gateway.FrontSpec;
import io.fieldloop.scenario.model.gateway.GatewaySpec;
import io.fieldloop.scenario.shape.Names;
import io.fieldloop.scenario.shape.annotation.AlsoKey;
import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.Key;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import io.fieldloop.scenario.shape.annotation.OneOf;
import io.fieldloop.scenario.shape.annotation.Syntax;
import io.fieldloop.scenario.shape.annotation.Written;
import io.fieldloop.scenario.shape.yaml.SourcePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One case: what a scenario file says, with the values of one combination of its matrix filled in. */
@Doc("A scenario: who takes part, what is done, what must come of it")
@OneOf({"devices", "adversaries"})
@AlsoKey(
        value = "matrix",
        doc =
                "Turns the file into one case for each combination of the values of these axes; `${axis}` stands for the value")
public record Scenario(
        @Doc("Title, one line") @Key("scenario") @NotEmpty String title,

        @Doc("What happens in the field, and why it matters") @Nullable
        String why,

        @Doc(
                "What to do about it, for who meets it; with it, a case that passes because something went wrong for a device is told as REPRODUCED")
        @Nullable
        String fix,

        @Doc("Where it was reported or specified") @Default("[]")
        List<@Written(Syntax.WEB_URL) String> links,

        @Doc("Words to select scenarios by") @Default("[]") List<@Written(Syntax.WORD) String> tags,

        @Doc("Seed of every random value of the run") @Default("1")
        long seed,

        @Doc("The property of chance that only this seed has; `--seed` then leaves the seed alone, and the run says so")
        @Nullable
        @NotEmpty
        String seedBecause,

        @Doc("The only rig it makes sense in") @Nullable RigChoice only,

        @Doc("A rig it makes no sense in") @Nullable RigChoice except,
        @Doc("The gateway") @Default("{}") GatewaySpec gateway,

        @Doc("A program in front of the gateway; none when absent") @Nullable
        FrontSpec front,

        @Doc("What the name server says of names; any other name of the gateway's costs no time and leads there")
        @Default("{}")
        @Written(Syntax.HOST)
        Map<String, NameSpec> names,

        @Doc("The link of all devices that have none of their own") @Default("none")
        LinkSpec link,

        @Doc(
                "Says that the devices are a load: parts of a run (`--shard`) take every n-th of them and begin at one instant, and `merge` judges all of it; none when absent")
        @Nullable
        LoadSpec load,

        @Doc("The devices, by name") @Default("{}") @Written(Syntax.NAME)
        Map<String, DeviceSpec> devices,

        @Doc("What firmware gets beside what follows from the devices") @Default("{}")
        FirmwareSpec firmware,

        @Doc("The adversaries, by name") @Default("{}") @Written(Syntax.NAME)
        Map<String, AdversarySpec> adversaries,

        @Doc("What is done, in order; without adversaries nothing attacks at the end")
        @Default("[{connect: all}, {attack: all}]")
        List<PlacedStep> steps,

        @Doc("What must come of it") @NotEmpty List<Expectation> expect,

        @Doc(
                "Crashes of firmware that are told but do not fail the case; one that an expectation names is that expectation's")
        @Default("[]")
        List<Crash> tolerates,

        @Doc("The run goes on for at least so long after the last step") @Default("0s")
        Duration ends,

        CaseName name,
        SourcePosition position) {
    /** No scenario takes longer, whatever its clock. */
    public static final Duration LENGTH_MAX = Duration.ofDays(31);

    public Scenario {
        links = List.copyOf(links);
        tags = List.copyOf(tags);
        devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
        names = Collections.unmodifiableMap(withChanged(names, steps));
        adversaries = Collections.unmodifiableMap(new LinkedHashMap<>(adversaries));
        steps = adversaries.isEmpty() ? withoutIdleAttack(steps) : List.copyOf(steps);
        expect = List.copyOf(expect);
        tolerates = List.copyOf(tolerates);
    }

    /** A name that is changed in the story leads to the gateway before that, where nothing else is said of it. */
    private static Map<String, NameSpec> withChanged(Map<String, NameSpec> names, List<PlacedStep> steps) {
        Map<String, NameSpec> all = new LinkedHashMap<>(names);
        steps.stream()
                .flatMap(PlacedStep::withMeanwhile)
                .map(PlacedStep::step)
                .filter(Step.ChangeName.class::isInstance)
                .forEach(step -> all.putIfAbsent(((Step.ChangeName) step).of(), NameSpec.gateway()));
        return all;
    }

    /** A run does not tell of an attack by nobody, as the steps of a file that names none would; what comes before keeps its number. */
    private static List<PlacedStep> withoutIdleAttack(List<PlacedStep> steps) {
        int last = steps.size() - 1;
        boolean idle = last >= 0 && steps.get(last).isBare() && steps.get(last).step() instanceof Step.Attack;
        return List.copyOf(idle ? steps.subList(0, last) : steps);
    }

    /** All steps, also those that are done while others go on, in file order. */
    public Stream<Step> allSteps() {
        return steps.stream().flatMap(PlacedStep::withMeanwhile).map(PlacedStep::step);
    }

    /** The step in which the power goes at a write into flash; none where it does not. */
    public Optional<PlacedStep> cut() {
        return steps.stream().filter(step -> step.power() != null).findFirst();
    }

    /** Where the power goes at each write there is, from one on; none where the writes are numbered, or it does not go. */
    public Optional<PowerSpec> openCut() {
        return cut().map(PlacedStep::power).filter(power -> power.atWrite().isOpen());
    }

    /** One case of those whose power goes at each write there is. */
    public Scenario cutAt(int write) {
        Scenario named = RecordCopy.with(this, "name", name.with(PowerSpec.AXES.get(0), String.valueOf(write)));
        return RecordCopy.with(
                named, "steps", steps.stream().map(step -> step.cutAt(write)).toList());
    }

    /** Whether the gateway has to speak MQTT. */
    public boolean speaksMqtt() {
        return gateway.mqtt() != null
                || devices.values().stream().anyMatch(device -> device.mqtt() != null)
                || adversaries.values().stream()
                        .anyMatch(adversary -> adversary.to().compareTo(AttackTarget.MQTT) >= 0);
    }

    /** What stands before the gateway: {@code given} on the command line, else what the file says; null for nothing. */
    public @Nullable FrontChoice front(@Nullable FrontChoice given) {
        return given != null || front == null ? given : FrontChoice.bundled(front.program(), front.config());
    }

    /** The seed of a run: {@code given} on the command line, unless the file needs its own. */
    public long seed(@Nullable Long given) {
        return given == null || seedBecause != null ? seed : given;
    }

    /** Every single device that {@code names} means, groups unfolded to {@code name#1}, {@code name#2}, …, in file order. */
    public List<String> deviceNames(Names names) {
        return names.among(deviceNames());
    }

    /** Every single device, groups unfolded, in file order. */
    public List<String> deviceNames() {
        List<String> unfolded = new ArrayList<>();
        devices.forEach((name, device) -> {
            for (int number = 1; number <= device.count(); number++) {
                unfolded.add(device.count() == 1 ? name : name + "#" + number);
            }
        });
        return unfolded;
    }
}
