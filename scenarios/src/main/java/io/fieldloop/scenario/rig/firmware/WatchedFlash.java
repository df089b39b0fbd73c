package io.fieldloop.scenario.rig.firmware;

import io.fieldloop.qemu.chip.FlashChip;
import io.fieldloop.qemu.chip.FlashWrite;
import io.fieldloop.qemu.chip.PowerLoss;
import io.fieldloop.qemu.chip.WriteLog;
import io.fieldloop.qemu.flash.FlashImage;
import io.fieldloop.qemu.flash.FlashImageException;
import io.fieldloop.qemu.flash.Lx60Flash;
import io.fieldloop.qemu.flash.Partition;
import io.fieldloop.qemu.machine.BootMedium;
import io.fieldloop.scenario.model.PowerMoment;
import io.fieldloop.scenario.model.PowerSpec;
import io.fieldloop.scenario.rig.RigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The flash chip of one device whose scenario takes the power away at a write into it. */
final class WatchedFlash implements AutoCloseable {
    private static final String SETTINGS = "nvs";

    /** Where the reference firmware keeps on an ESP32 what it keeps in the partition of that name on an lx60; its own NVS it only reads. */
    private static final String SETTINGS_ON_ESP32 = "store";

    private final boolean own;
    private final @Nullable Path image;
    private final FlashChip chip;

    private WatchedFlash(boolean own, @Nullable Path image, FlashChip chip) {
        this.own = own;
        this.image = image;
        this.chip = chip;
    }

    /**
     * A chip with what is in a file.
     *
     * @param own whether the firmware is a user's
     * @param content what is in it at first
     * @param boot with it in the file where the machine boots from it
     */
    static WatchedFlash of(boolean own, Path content, BootMedium boot, Path directory) {
        try {
            FlashChip chip = FlashChip.serve(Files.readAllBytes(content), directory.resolve("flash"));
            return new WatchedFlash(own, boot instanceof BootMedium.Flash ? content : null, chip);
        } catch (IOException e) {
            throw new RigException("The flash chip " + content + " could not be read: " + e.getMessage() + ".");
        }
    }

    String drive() {
        return chip.drive();
    }

    /** Puts another content into it; its machine is off. */
    void load(byte[] content) {
        chip.load(content);
    }

    /** Completes, on the chip's thread, with the write at which the power has to go now: nothing more is written. */
    CompletableFuture<FlashWrite> lose(PowerSpec cut) {
        Partition place = place(cut.cut());
        CompletableFuture<FlashWrite> lost = new CompletableFuture<>();
        chip.losePower(place.offset(), place.size(), cut.write(), loss(cut.moment()), lost::complete);
        return lost;
    }

    /** How many writes came, of those that were waited for. */
    int seen(PowerSpec cut) {
        return cut.write() - chip.writesLeft();
    }

    WriteLog record(PowerSpec cut, LongSupplier nanos) {
        Partition place = place(cut.cut());
        return chip.record(place.offset(), place.size(), nanos);
    }

    static PowerLoss loss(PowerMoment moment) {
        return PowerLoss.valueOf(moment.name());
    }

    private Partition place(String label) {
        if (image == null) {
            return Lx60Flash.partition(label)
                    .orElseThrow(() -> new RigException("The flash of an lx60 has no \"" + label
                            + "\" to cut the power at; it has " + String.join(", ", Lx60Flash.labels()) + "."));
        }
        try {
            return FlashImage.open(image).partition(!own && label.equals(SETTINGS) ? SETTINGS_ON_ESP32 : label);
        } catch (FlashImageException none) {
            throw new RigException(String.valueOf(none.getMessage()));
        }
    }

    @Override
    public void close() {
        chip.close();
    }
}
