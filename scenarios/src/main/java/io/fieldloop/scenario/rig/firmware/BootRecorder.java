package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps QEMU's replay log of each of a device's boots, where a run is recorded, with what is needed to repeat it. */
final class BootRecorder {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final FirmwareChoice choice;
    private final String device;
    private final Path directory;
    private final Path evidence;
    private final InstantSource clock;
    private int boots;
    private @Nullable Boot running;

    /**
     * @param device as in file names
     * @param directory the machine's, which a container shares
     * @param evidence where logs and manifests are kept
     */
    BootRecorder(FirmwareChoice choice, String device, Path directory, Path evidence, InstantSource clock) {
        this.choice = choice;
        this.device = device;
        this.directory = directory;
        this.evidence = evidence;
        this.clock = clock;
    }

    /** What QEMU is to do at the boot that comes next. */
    Recording next(Machine machine, BootMedium medium) {
        if (!choice.recorded() || !(medium instanceof BootMedium.Kernel kernel)) {
            return Recording.none();
        }
        boots++;
        Path log = directory.resolve("replay." + boots);
        running = new Boot(machine, kernel.commandLine(), log, clock.millis());
        return new Recording.Into(log);
    }

    /**
     * Keeps what was recorded of a boot that ended; a QEMU that was killed leaves nothing of use.
     *
     * @param console the device's console log, in which the boot begins and ends
     */
    void keep(Path console, long from, long to, boolean whole) throws IOException {
        Boot boot = running;
        running = null;
        if (boot == null || !whole || !Files.exists(boot.log())) {
            return;
        }
        double seconds = (clock.millis() - boot.startedMillis()) / MILLIS_PER_SECOND;
        String log = device + "-" + boots + ".replay";
        Files.move(boot.log(), evidence.resolve(log));
        Machine machine = boot.machine();
        new RecordedBoot(
                        device,
                        boots,
                        machine.name(),
                        machine.machineType(),
                        machine.nicModel(),
                        machine.icount(),
                        machine.arguments(),
                        choice.image().toString(),
                        RecordedBoot.sha256(choice.image()),
                        boot.append(),
                        RecordedBoot.commandOf(machine, boot.append()),
                        seconds,
                        log,
                        String.valueOf(console.getFileName()),
                        from,
                        to)
                .write(evidence);
    }

    private record Boot(Machine machine, String append, Path log, long startedMillis) {}
}
