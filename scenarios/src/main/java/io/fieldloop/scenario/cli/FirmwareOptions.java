package io.fieldloop.scenario.cli;

import io.fieldloop.qemu.console.ConsoleDictionary;
import io.fieldloop.qemu.console.ConsoleDictionaryException;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.runner.ContainerImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that run firmware have in common: which firmware, on which machine, where. */
final class FirmwareOptions {
    private static final String USUAL_MACHINE = "lx60";

    @Option(
            names = "--machine",
            paramLabel = "MACHINE",
            description = "lx60 (default), esp32, esp32s3 or esp32c3; all but lx60 need Espressif's QEMU.")
    private String machine = USUAL_MACHINE;

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
            names = "--engine",
            paramLabel = "ENGINE",
            converter = Converters.Engine.class,
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

    Machine machine() {
        try {
            return machine(Machine.named(machine));
        } catch (MachineException wrong) {
            throw new CliException(wrong.sentence());
        }
    }

    /** The machine with what the other options want otherwise. */
    Machine machine(Machine base) {
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

    /** @param own whether the firmware is the user's */
    ConsoleDictionary dictionary(boolean own) {
        if (dictionary == null) {
            return own ? ConsoleDictionary.stock() : ConsoleDictionary.bundled();
        }
        try {
            return ConsoleDictionary.load(dictionary);
        } catch (ConsoleDictionaryException wrong) {
            throw new CliException(String.valueOf(wrong.getMessage()));
        }
    }

    /** The engine to use, or null for whichever there is. */
    @Nullable
    EngineKind engine() {
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
    ContainerImage image(Machine chosen) {
        return image == null ? ContainerImage.usualFor(chosen) : new ContainerImage.Named(image);
    }

    /** The options as they were given, for a command that does the same again. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (!machine.equals(USUAL_MACHINE)) {
            words.addAll(List.of("--machine", machine));
        }
        add(words, "--qemu", qemu);
        add(words, "--machine-type", machineType);
        add(words, "--nic-model", nicModel);
        add(words, "--icount", icount);
        if (watchdogOff) {
            words.add("--no-watchdog");
        }
        arguments.forEach(argument -> words.add("--qemu-arg=" + argument));
        add(words, "--dictionary", dictionary);
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
