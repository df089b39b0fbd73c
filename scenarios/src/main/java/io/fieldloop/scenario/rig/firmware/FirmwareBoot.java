package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.device.ota.OtaSettings;
import io.fieldloop.qemu.flash.ChipImage;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.flash.Lx60Flash;
import io.fieldloop.qemu.flash.Partition;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.EfuseImage;
import io.fieldloop.qemu.machine.EfuseLayout;
import io.fieldloop.qemu.machine.MacAddress;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.qemu.machine.MachineException;
import io.fieldloop.qemu.runner.FirmwareEvent;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what a device boots from: its own copy of the firmware, with its settings in it. What is in flash outlives a power cut. */
final class FirmwareBoot {
    private static final String MAC = "mac";
    private static final String FIRST_VERSION = "1.0.0";

    private final FirmwareChoice choice;
    private final FirmwareSpec spec;
    private final FlashContents contents;
    private final Seeds seeds;
    private final InstantSource clock;
    private final boolean watched;
    private final @Nullable Path loader;
    private final @Nullable Path missing;

    /**
     * @param scenario the scenario's file, to whose folder the names of other files are relative
     * @param watched whether every write into the flash is to be seen
     * @param loader what boots the firmware from its flash chip, if it is there; null where QEMU puts it into memory, or the flash has a
     *     bootloader
     */
    FirmwareBoot(
            FirmwareChoice choice,
            FirmwareSpec spec,
            Path scenario,
            Seeds seeds,
            InstantSource clock,
            boolean watched,
            @Nullable Path loader) {
        this.loader = loader == null || Files.isReadable(loader) ? loader : null;
        this.missing = this.loader == null ? loader : null;
        this.watched = watched;
        this.choice = choice;
        this.spec = spec;
        this.contents = new FlashContents(spec, scenario, choice.own());
        this.seeds = seeds;
        this.clock = clock;
    }

    /** How long it may take until the firmware says that it is ready. */
    Duration readyMax() {
        return spec.ready();
    }

    /** What is otherwise than with a real board, or than the image has it. */
    List<FirmwareEvent> remarks() {
        return Stream.<FirmwareEvent>concat(
                        added()
                                .map(partition -> new FirmwareEvent.PartitionAdded(
                                        partition.label(),
                                        "0x" + Integer.toHexString(partition.offset()),
                                        partition.size()))
                                .stream(),
                        Stream.ofNullable(missing)
                                .map(file -> new FirmwareEvent.LoaderMissing(String.valueOf(file.getFileName()))))
                .toList();
    }

    /** The partition that the device's copy of the image has and the image lacks; none where nothing is added. */
    private Optional<Partition> added() {
        String label = spec.addPartition();
        try {
            return label == null || choice.bootsKernel()
                    ? Optional.empty()
                    : choice.flash().addedForFiles(label);
        } catch (FlashImageException | IOException unreadable) {
            return Optional.empty(); // to boot it says why
        }
    }

    /** A line for its console, in which names of the device's settings stand for their values. */
    String line(DeviceConfig device, String text) {
        return SettingText.filled(text, KernelSettings.of(device, seeds, clock.instant(), spec.settings()));
    }

    /**
     * What to boot now.
     *
     * @param directory the device's own; the same one for each of its boots
     * @param chip the flash, where it is watched
     */
    BootMedium medium(DeviceConfig device, Path directory, @Nullable WatchedFlash chip) {
        try {
            return choice.bootsKernel()
                    ? new BootMedium.Kernel(
                            kernel(directory), KernelSettings.line(device, seeds, clock.instant(), spec.settings()))
                    : new BootMedium.Flash(
                            flash(device, directory), efuse(device, directory), chip == null ? null : chip.drive());
        } catch (FlashImageException | MachineException defect) {
            throw new RigException(String.valueOf(defect.getMessage()));
        } catch (IOException e) {
            throw new RigException("The firmware " + choice.image() + " could not be copied to " + directory + ": "
                    + e.getMessage() + ".");
        }
    }

    /** The device's flash where every write into it is to be seen, with what is in it before its first boot; else null. */
    @Nullable
    WatchedFlash watched(DeviceConfig device, Path directory) {
        if (!watched) {
            return null;
        }
        BootMedium boot = medium(device, directory, null);
        Path content = boot instanceof BootMedium.Flash ? boot.file() : chip(device, directory);
        return WatchedFlash.of(choice.own(), content, boot, directory);
    }

    /** The machine, with a flash chip beside the kernel where the board has one; a recording has no room for it. */
    Machine machine(DeviceConfig device, Path directory, @Nullable WatchedFlash watchedChip) {
        if (!choice.machine().name().equals("lx60") || choice.recorded()) {
            return choice.machine();
        }
        String drive =
                watchedChip == null ? chip(device, directory).toString().replace(",", ",,") : watchedChip.drive();
        return choice.machine().withArguments(List.of("-drive", "if=pflash,format=raw,file=" + drive));
    }

    private Path chip(DeviceConfig device, Path directory) {
        Path chip = directory.resolve("pflash.bin");
        try {
            if (!Files.exists(chip)) {
                Files.write(chip, loader == null ? Lx60Flash.erased() : Lx60Flash.booting(app(device)));
            }
        } catch (IOException e) {
            throw new RigException("The flash chip " + chip + " could not be made: " + e.getMessage() + ".");
        }
        return chip;
    }

    private ChipImage app(DeviceConfig device) {
        OtaSettings ota = device.ota();
        return ReferenceFirmware.app(choice.image()).asVersion(ota == null ? FIRST_VERSION : ota.version(), 0);
    }

    private Path kernel(Path directory) throws IOException {
        Path copy = directory.resolve("firmware.elf");
        if (!Files.exists(copy)) {
            Files.copy(loader == null ? choice.image() : loader, copy);
        }
        return copy;
    }

    private Path flash(DeviceConfig device, Path directory) throws IOException {
        Path copy = directory.resolve("flash.bin");
        if (!Files.exists(copy)) {
            Map<String, String> words = KernelSettings.of(device, seeds, clock.instant(), spec.settings());
            words.remove(MAC);
            FlashImage image = loader == null ? choice.flash() : choice.flashWith(loader);
            contents.into(image, device, words).write(copy);
        }
        return copy;
    }

    /** Firmware takes its MAC address from the eFuses, and stock firmware that one for its Device-Id. */
    private @Nullable Path efuse(DeviceConfig device, Path directory) throws IOException {
        EfuseLayout layout = choice.machine().profile().efuse();
        if (layout == null) {
            return null;
        }
        Path copy = directory.resolve("efuse.bin");
        if (!Files.exists(copy)) {
            Files.write(copy, EfuseImage.of(layout, mac(device)).toArray());
        }
        return copy;
    }

    private MacAddress mac(DeviceConfig device) {
        String ofItsOwn = spec.settings().getOrDefault(MAC, KernelSettings.mac(device, seeds));
        return choice.own() && MacAddress.isOne(device.deviceId())
                ? new MacAddress(device.deviceId())
                : new MacAddress(ofItsOwn);
    }
}
