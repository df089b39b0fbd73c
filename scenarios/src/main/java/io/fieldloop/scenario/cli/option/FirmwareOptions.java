package io.fieldloop.scenario.cli.option;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.runner.container.ContainerImage;
import io.fieldloop.scenario.rig.firmware.FirmwareTarget;
import io.fieldloop.scenario.rig.firmware.LineEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that run firmware have in common: which firmware, on which machine, where. */
public final class FirmwareOptions {
    private static final String USUAL_MACHINE = "lx60";

    @Option(
            names = "--machine",
            paramLabel = "MACHINE",
            description =
                    "lx60, esp32, esp32s3 or esp32c3; default: what the firmware is for. All but lx60 need Espressif's"
                            + " QEMU.")
    private @Nullable String machine;

    @Option(
            names = "--qemu",
            paramLabel = "BINARY",
            description = "QEMU to use: a path, or a name on PATH; implies --engine process unless --image is given.")
    private @Nullable String qemu;

    @Option(
            names = "--machine-type",
            paramLabel = "TYPE",
            description = "QEMU's -M, where a fork calls it otherwise (esp32-picsimlab).")
    private @Nullable String machineType;

    @Option(
            names = "--nic-model",
            paramLabel = "MODEL",
            description = "Network card, for instance a fork's esp32_wifi.")
    private @Nullable String nicModel;

    @Option(names = "--icount", paramLabel = "VALUE", description = "QEMU's -icount, for instance shift=3.")
    private @Nullable String icount;

    @Option(names = "--no-watchdog", description = "The chip's watchdogs stay off.")
    private boolean watchdogOff;

    @Option(names = "--qemu-arg", paramLabel = "ARG", description = "One more word for QEMU; may be repeated.")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description =
                    "What the firmware's console lines mean; default: stock ESP-IDF and xiaozhi lines, or those of"
                            + " the reference firmware.")
    private @Nullable Path dictionary;

    @Option(
            names = "--line-end",
            paramLabel = "END",
            converter = Converters.Typed.class,
            completionCandidates = Converters.Typed.class,
            description = "What ends a line typed on the console: cr, lf or crlf; default: cr for a flash image, lf for"
                    + " an ELF file.")
    private @Nullable LineEnd lineEnd;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            converter = Converters.Engine.class,
            completionCandidates = Converters.Engine.class,
            description = "docker or process; default: for lx60 a container, else a local process; for the others the"
                    + " other way round.")
    private @Nullable EngineKind engine;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "Container image that has the QEMU; default for lx60: Fieldloop's own, built when it is missing; for"
                            + " the others: a pinned espressif/idf release.")
    private @Nullable String image;

    /**
     * The machine to use.
     *
     * @param image the user's firmware, or null for the reference firmware
     */
    public Machine machine(@Nullable Path image) {
        try {
            Machine named = Machine.named(machine == null ? USUAL_MACHINE : machine);
            return machine(image == null ? named : forImage(image));
        } catch (MachineException wrong) {
            throw new CliException(wrong.sentence());
        }
    }

    private Machine forImage(Path image) {
        if (!Files.isReadable(image)) {
            throw new CliException(image + " cannot be read; expected a flash image or an ELF file.");
        }
        try {
            String target = FirmwareTarget.machine(image);
            if (machine != null && !machine.equals(target)) {
                throw new CliException(image + " is for the machine " + target + ", and not for " + machine
                        + "; leave out --machine, or give the other image.");
            }
            return Machine.named(target);
        } catch (FlashImageException defect) {
            throw new CliException(String.valueOf(defect.getMessage()));
        } catch (IOException e) {
            throw new CliException(image + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** The machine with what the other options want otherwise. */
    public Machine machine(Machine base) {
        try {
            Machine chosen = base;
            chosen = qemu == null ? chosen : chosen.withQemu(qemu);
            chosen = machineType == null ? chosen : chosen.withMachineType(machineType);
            chosen = nicModel == null ? chosen : chosen.withNicModel(nicModel);
            chosen = icount == null ? chosen : chosen.withIcount(icount);
            return chosen.withWatchdog(!watchdogOff).withArguments(arguments);
        } catch (MachineException wrong) {
            throw new CliException(wrong.sentence());
        }
    }

    /** What consoles say, as the option has it; without one it depends on whose firmware it is. */
    public ConsoleDictionary dictionary(boolean own) {
        if (dictionary == null) {
            return own ? ConsoleDictionary.stock() : ConsoleDictionary.bundled();
        }
        return Dictionaries.load(dictionary);
    }

    /** What ends a line on the console, or null for what the image takes. */
    @Nullable
    public LineEnd lineEnd() {
        return lineEnd;
    }

    /** The engine to use, or null for whichever there is. */
    @Nullable
    public EngineKind engine() {
        if (image != null) {
            if (engine == EngineKind.PROCESS) {
                throw new CliException(
                        "--image names a container image, and --engine process uses none; leave one of" + " them out.");
            }
            return EngineKind.DOCKER;
        }
        return engine == null && qemu != null ? EngineKind.PROCESS : engine;
    }

    /** The container image to use. */
    public ContainerImage image(Machine chosen) {
        return image == null ? ContainerImage.usualFor(chosen) : new ContainerImage.Named(image);
    }

    /** The options as they were given, for a command that does the same again. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--machine", machine);
        add(words, "--qemu", qemu);
        add(words, "--machine-type", machineType);
        add(words, "--nic-model", nicModel);
        add(words, "--icount", icount);
        if (watchdogOff) {
            words.add("--no-watchdog");
        }
        arguments.forEach(argument -> words.add("--qemu-arg=" + argument));
        add(words, "--dictionary", dictionary);
        add(words, "--line-end", lineEnd == null ? null : lineEnd.word());
        add(words, "--engine", engine == null ? null : engine.word());
        add(words, "--image", image);
        return words;
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.addAll(List.of(option, value.toString()));
        }
    }
}
