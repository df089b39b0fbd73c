package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.record.RecordCopy;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.journal.JournalEntry;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.model.PlacedStep;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.model.Scenario;
import io.fieldloop.scenario.rig.Rig;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.Seeds;
import io.fieldloop.scenario.rig.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes rigs for one firmware. */
public final class FirmwareRigs implements RigFactory {
    /** Scenarios mostly wait, but a handshake in emulated silicon takes a core for a tenth of a second or more. */
    private static final int RIGS_PER_CORE = 2;

    private static final Set<String> OUTCOME_ATTRIBUTES =
            Set.of("reason", "code", "alert-sent", "alert-received", "phase");

    private final FirmwareChoice choice;
    private final List<String> options;
    private final int atOnce;
    private final @Nullable FrontChoice front;
    private final boolean forks;
    private final @Nullable FirmwareSpec needs;
    private final Map<String, SavePoint> savePoints = new ConcurrentHashMap<>();

    /** As many cases at once as two for each core. */
    public FirmwareRigs(FirmwareChoice choice, List<String> options) {
        this(choice, options, usualAtOnce(), null, true, null);
    }

    /** Two cases for each core. */
    public static int usualAtOnce() {
        return RIGS_PER_CORE * Runtime.getRuntime().availableProcessors();
    }

    /**
     * So many cases at once.
     *
     * @param options the words of a command line that make the same rigs again
     * @param front what stands before the gateway in place of what each scenario says, or null
     * @param forks whether cases with a power cut go on from a save point; else each of them begins at the beginning
     * @param needs what the firmware needs in every scenario beside what that says; null for nothing
     */
    public FirmwareRigs(
            FirmwareChoice choice,
            List<String> options,
            int atOnce,
            @Nullable FrontChoice front,
            boolean forks,
            @Nullable FirmwareSpec needs) {
        this.front = front;
        this.needs = needs;
        this.forks = forks;
        this.choice = choice;
        this.options = List.copyOf(options);
        this.atOnce = atOnce;
    }

    @Override
    public RigKind kind() {
        return RigKind.QEMU;
    }

    @Override
    public List<String> options() {
        return options;
    }

    @Override
    public int atOnce() {
        return atOnce;
    }

    @Override
    public @Nullable String whyNot(Scenario scenario) {
        FrontChoice before = scenario.front(front);
        return Stream.of(
                        RigFactory.super.whyNot(scenario),
                        new FirmwareFit(choice).whyNot(equipped(scenario)),
                        before == null ? null : before.front().missing())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable String remark(Scenario scenario) {
        Path loader = ReferenceFirmware.loader(choice, equipped(scenario));
        return loader == null || Files.isReadable(loader)
                ? null
                : loader.getFileName() + " is not beside " + choice.image()
                        + ", so firmware is put into memory instead of booted from its flash, and no update boots; `make -C"
                        + " qemu/firmware` builds it";
    }

    @Override
    public Set<String> unobservable() {
        return Stream.of(OUTCOME_ATTRIBUTES)
                .flatMap(Set::stream)
                .filter(attribute -> !choice.dictionary().observes(attribute))
                .collect(Collectors.toSet());
    }

    /** Cases that lose their power at one of the writes of one step have all in common that comes before. */
    @Override
    public void prepare(
            Scenario scenario, Seeds seeds, Path evidence, Function<Rig, @Nullable List<JournalEntry>> play) {
        if (scenario.openCut().isPresent() || (forks && scenario.cut().isPresent())) {
            savePoints.computeIfAbsent(
                    key(scenario, seeds), key -> savePoint(equipped(scenario), seeds, evidence, play));
        }
    }

    private @Nullable SavePoint savePoint(
            Scenario scenario, Seeds seeds, Path evidence, Function<Rig, @Nullable List<JournalEntry>> play) {
        Path folder = evidence.resolve("up-to-the-power-cut");
        try (FirmwareRig rig =
                new FirmwareRig(choice, scenario, seeds, folder, scenario.front(front), Story.UP_TO_THE_CUT, null)) {
            List<JournalEntry> seen = play.apply(rig);
            return seen == null ? null : rig.savePoint(seen);
        }
    }

    @Override
    public OptionalInt writes(Scenario scenario, Seeds seeds) {
        SavePoint point = savePoints.get(key(scenario, seeds));
        return point == null ? OptionalInt.empty() : OptionalInt.of(point.writes());
    }

    /** With what the firmware needs in every scenario; what a scenario says itself comes first. */
    private Scenario equipped(Scenario scenario) {
        FirmwareSpec usual = needs;
        return usual == null
                ? scenario
                : RecordCopy.with(scenario, "firmware", scenario.firmware().over(usual));
    }

    private static String key(Scenario scenario, Seeds seeds) {
        Map<String, String> axes = new LinkedHashMap<>(scenario.name().axes());
        axes.keySet().removeAll(PowerSpec.AXES);
        return scenario.position().file() + axes + seeds.of("save point");
    }

    /** From the save point where there is one; a case that asks for more writes than there were is told so by a story of its own. */
    @Override
    public Rig make(Scenario written, Seeds seeds, Path evidence) {
        Scenario scenario = equipped(written);
        SavePoint point = savePoints.get(key(scenario, seeds));
        PlacedStep step = scenario.cut().orElse(null);
        PowerSpec cut = step == null ? null : step.power();
        return forks && point != null && step != null && cut != null && point.writes() >= cut.write()
                ? new FirmwareRig(
                        choice, scenario, seeds, evidence, scenario.front(front), point.from(step, cut), point)
                : new FirmwareRig(choice, scenario, seeds, evidence, scenario.front(front), Story.WHOLE, null);
    }
}
