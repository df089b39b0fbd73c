package io.fieldloop.scenario.firmware;

import io.fieldloop.device.DeviceConfig;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.flash.InjectedSetting;
import io.fieldloop.qemu.flash.nvs.NvsException;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.qemu.machine.Machine;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.rig.RigException;
import io.fieldloop.scenario.rig.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes what a device boots from: its own copy of the firmware, with its settings in it. What is in flash outlives a power cut. */
final class FirmwareBoot {
    private static final int PFLASH_BYTES = 4 << 20;

    private final FirmwareChoice choice;
    private final FirmwareSpec spec;
    private final Seeds seeds;
    private final InstantSource clock;

    FirmwareBoot(FirmwareChoice choice, FirmwareSpec spec, Seeds seeds, InstantSource clock) {
        this.choice = choice;
        this.spec = spec;
        this.seeds = seeds;
        this.clock = clock;
    }

    /**
     * What to boot now.
     *
     * @param directory the device's own; the same one for each of its boots
     */
    BootMedium medium(DeviceConfig device, Path directory) {
        try {
            return choice.isElf()
                    ? new BootMedium.Kernel(
                            kernel(directory), KernelSettings.line(device, seeds, clock.instant(), spec.settings()))
                    : new BootMedium.Flash(flash(device, directory), null);
        } catch (IOException e) {
            throw new RigException("The firmware " + choice.image() + " could not be copied to " + directory + ": "
                    + e.getMessage() + ".");
        }
    }

    /** The machine, with a flash chip beside the kernel where the board has one; a recording has no room for it. */
    Machine machine(Path directory) {
        if (!choice.machine().name().equals("lx60") || choice.recorded()) {
            return choice.machine();
        }
        Path chip = directory.resolve("pflash.bin");
        try {
            if (!Files.exists(chip)) {
                byte[] erased = new byte[PFLASH_BYTES];
                Arrays.fill(erased, (byte) 0xff);
                Files.write(chip, erased);
            }
        } catch (IOException e) {
            throw new RigException("The flash chip " + chip + " could not be made: " + e.getMessage() + ".");
        }
        return choice.machine()
                .withArguments(List.of(
                        "-drive", "if=pflash,format=raw,file=" + chip.toString().replace(",", ",,")));
    }

    private Path kernel(Path directory) throws IOException {
        Path copy = directory.resolve("firmware.elf");
        if (!Files.exists(copy)) {
            Files.copy(choice.image(), copy);
        }
        return copy;
    }

    private Path flash(DeviceConfig device, Path directory) throws IOException {
        Path copy = directory.resolve("flash.bin");
        if (!Files.exists(copy)) {
            try {
                FlashImage.open(choice.image()).withNvs(nvs(device)).write(copy);
            } catch (FlashImageException | NvsException defect) {
                throw new RigException(String.valueOf(defect.getMessage()));
            }
        }
        return copy;
    }

    /** Namespaces and keys of protocol reference 4.1. */
    private Map<String, NvsValue> nvs(DeviceConfig device) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("websocket/url", device.url());
        settings.put("websocket/version", Integer.toString(device.protocolVersion()));
        if (device.token() != null) {
            settings.put("websocket/token", device.token());
        }
        settings.put("board/uuid", device.clientId());
        settings.putAll(spec.settings());
        Map<String, NvsValue> values = new LinkedHashMap<>();
        settings.forEach((path, text) -> values.put(path, InjectedSetting.value(path, text)));
        return values;
    }
}
