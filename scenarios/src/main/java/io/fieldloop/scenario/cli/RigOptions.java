package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.link.Egress;
import io.fieldloop.scenario.cli.option.AgainstOptions;
import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.cli.option.Converters;
import io.fieldloop.scenario.cli.option.FirmwareOptions;
import io.fieldloop.scenario.cli.option.FrontOptions;
import io.fieldloop.scenario.cli.option.ServerOptions;
import io.fieldloop.scenario.front.FrontChoice;
import io.fieldloop.scenario.model.RigKind;
import io.fieldloop.scenario.rig.RigFactory;
import io.fieldloop.scenario.rig.firmware.FirmwareChoice;
import io.fieldloop.scenario.rig.firmware.FirmwareRigs;
import io.fieldloop.scenario.rig.socket.SocketRigs;
import io.fieldloop.scenario.rig.virtual.VirtualRigs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a run's cases take place in: a rig, whose firmware, whose server, and what stands in front of it. */
final class RigOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--rig",
            paramLabel = "RIG",
            converter = Converters.Rig.class,
            completionCandidates = Converters.Rig.class,
            description = "virtual (default): one thread, virtual time, repeatable; socket: real TCP, wall clock; qemu:"
                    + " real firmware, wall clock.")
    private RigKind rig = RigKind.VIRTUAL;

    @Option(
            names = "--firmware",
            paramLabel = "FILE",
            description = "Rig qemu: your flash image or ELF file; default: Fieldloop's reference firmware.")
    private @Nullable Path firmware;

    @Option(
            names = "--firmware-files",
            paramLabel = "DIR",
            description =
                    "Rig qemu: a folder with what your firmware needs beside its image in every scenario, as the bundled"
                            + " ones: firmware.yaml, which is what `firmware:` of a scenario has, and the files it names.")
    private @Nullable Path firmwareFiles;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "Rig qemu: so many cases at once; default: two for each core.")
    private @Nullable Integer atOnce;

    @Option(
            names = "--from-the-start",
            description =
                    "Rig qemu: each case of a power cut plays the whole story; else they share what comes before it,"
                            + " with the same outcome in a fraction of the time.")
    private boolean fromTheStart;

    @Option(
            names = "--record",
            description =
                    "Rig qemu: keeps QEMU's replay log beside the journal, for `fieldloop replay`; machine lx60 only.")
    private boolean record;

    @Option(
            names = "--internet",
            description = "Rig qemu: the firmware may reach whatever the host's network reaches; without it, only the"
                    + " scenario's gateway, and the journal says what else it wanted (egress-denied).")
    private boolean internet;

    @Option(
            names = "--capture",
            description =
                    "Keeps a pcapng of every device's link beside the journal, with TLS secrets in it; rig qemu always"
                            + " does, rig virtual for each failed case.")
    private boolean capture;

    @Mixin
    private FirmwareOptions firmwareOptions = new FirmwareOptions();

    @Mixin
    private AgainstOptions against = new AgainstOptions();

    @Mixin
    private FrontOptions fronts = new FrontOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    RigKind kind() {
        return rig;
    }

    boolean isAgainst() {
        return against.isGiven();
    }

    /** Where cases that are left out cannot be run, as the end of a sentence. */
    String place() {
        return against.isGiven() ? "against that gateway." : "in the " + rig.wireName() + " rig.";
    }

    /** Refuses what does not go together. */
    RigFactory rigs() {
        against.requireNothingWithoutIt(server);
        if (rig != RigKind.QEMU && !firmwareWords().isEmpty()) {
            throw new CliException(
                    firmwareWords().get(0) + " is for firmware in QEMU; add --rig qemu, or leave it out.");
        }
        FrontChoice front = fronts.choice();
        if (front != null) {
            front.taken().forEach(taken -> spec.commandLine().getErr().println("fieldloop: --config: " + taken));
        }
        if (against.isGiven()) {
            if (front != null) {
                throw new CliException(
                        "--front stands before our own gateway, and --against is about another; leave one out.");
            }
            requireSocketRig("--against");
            return captured(against.rigs(server));
        }
        if (front != null && rig != RigKind.QEMU) {
            requireSocketRig("--front");
        }
        if (record && !firmwareOptions.machine(firmware).profile().recordable()) {
            throw new CliException("--record needs the machine lx60: QEMU records no other.");
        }
        return switch (rig) {
            case VIRTUAL -> captured(VirtualRigs.factory());
            case SOCKET -> captured(front == null ? SocketRigs.factory() : SocketRigs.behind(front, fronts.words()));
            case QEMU ->
                new FirmwareRigs(
                        firmwareChoice(),
                        words(),
                        atOnce == null ? FirmwareRigs.usualAtOnce() : atLeastOne(atOnce),
                        front,
                        !fromTheStart,
                        firmwareFiles == null ? null : FirmwareFiles.in(firmwareFiles));
        };
    }

    private static int atLeastOne(int cases) {
        if (cases < 1) {
            throw new CliException("--at-once is " + cases + "; expected at least one case.");
        }
        return cases;
    }

    private FirmwareChoice firmwareChoice() {
        return new FirmwareBench(firmwareOptions, spec.commandLine().getErr())
                .choose(firmware, internet ? Egress.ALLOWED : Egress.DENIED, record);
    }

    private RigFactory captured(RigFactory rigs) {
        return capture ? rigs.capturing() : rigs;
    }

    private void requireSocketRig(String option) {
        if (rig != RigKind.SOCKET && spec.commandLine().getParseResult().hasMatchedOption("--rig")) {
            throw new CliException(option + " is on real sockets; leave out --rig " + rig.wireName() + ".");
        }
        rig = RigKind.SOCKET;
    }

    /** As they stand behind {@code run} when somebody repeats it. */
    List<String> words() {
        if (against.isGiven()) {
            return against.words(server);
        }
        List<String> words = new ArrayList<>(List.of("--rig", rig.wireName()));
        words.addAll(fronts.words());
        words.addAll(firmwareWords());
        return words;
    }

    private List<String> firmwareWords() {
        List<String> words = new ArrayList<>();
        words.addAll(firmware == null ? List.of() : List.of("--firmware", firmware.toString()));
        words.addAll(firmwareFiles == null ? List.of() : List.of("--firmware-files", firmwareFiles.toString()));
        words.addAll(atOnce == null ? List.of() : List.of("--at-once", atOnce.toString()));
        words.addAll(fromTheStart ? List.of("--from-the-start") : List.of());
        words.addAll(record ? List.of("--record") : List.of());
        words.addAll(internet ? List.of("--internet") : List.of());
        words.addAll(firmwareOptions.words());
        return words;
    }
}
