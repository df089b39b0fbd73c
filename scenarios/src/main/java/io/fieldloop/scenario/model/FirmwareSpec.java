package io.fieldloop.scenario.model;

import io.fieldloop.scenario.shape.annotation.Default;
import io.fieldloop.scenario.shape.annotation.Doc;
import io.fieldloop.scenario.shape.annotation.NotEmpty;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario adds to firmware beside what follows from its devices (URL, token, protocol version, identity, CA).
 *
 * <p>It is put into a copy of the image; the other rigs have no firmware and leave it aside.
 */
@Doc("Firmware in the qemu rig; the other rigs leave this aside")
public record FirmwareSpec(
        @Doc(
                "Settings beside those that follow from the devices: `namespace/key` in NVS, or a key of the reference firmware; `{mqtt-endpoint}`, `{ota-url}`, `{url}` and so on in a value stand for the device's own, `{mqtt-endpoint:host}` and `{mqtt-endpoint:port}` for their parts")
        @Default("{}")
        Map<String, String> settings,

        @Doc("Files put into the FAT partition: name there, and the file to copy, relative to the scenario's folder")
        @Default("{}")
        Map<String, String> files,

        @Doc(
                "A file in the FAT partition that gets each device's settings as one JSON object, with the keys of the reference firmware")
        @Nullable
        @NotEmpty
        String settingsFile,

        @Doc("Label of the partition for files; default: the first FAT partition") @Nullable @NotEmpty
        String partition,

        @Doc(
                "Label of a FAT partition that the copy's table gets where it has none of that label, from its last partition to the end of the flash: `vfs` for MicroPython from 1.26 on")
        @Nullable
        @NotEmpty
        String addPartition,

        @Doc("Where the firmware reads the certificate it trusts; the reference firmware needs none of this")
        @Default("[]")
        List<CaPlace> ca,

        @Doc("How long it may take until its console says that it is ready") @Default("60s")
        Duration ready) {
    public FirmwareSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        ca = List.copyOf(ca);
    }

    /** With other files. */
    public FirmwareSpec withFiles(Map<String, String> other) {
        return new FirmwareSpec(settings, other, settingsFile, partition, addPartition, ca, ready);
    }

    /** What both say, and this one where they differ; what is no map or list is {@code base}'s where this one is silent. */
    public FirmwareSpec over(FirmwareSpec base) {
        return new FirmwareSpec(
                both(base.settings, settings),
                both(base.files, files),
                settingsFile == null ? base.settingsFile : settingsFile,
                partition == null ? base.partition : partition,
                addPartition == null ? base.addPartition : addPartition,
                ca.isEmpty() ? base.ca : ca,
                ready.compareTo(base.ready) > 0 ? ready : base.ready);
    }

    private static Map<String, String> both(Map<String, String> base, Map<String, String> over) {
        Map<String, String> all = new LinkedHashMap<>(base);
        all.putAll(over);
        return all;
    }

    /** Whether anything goes into a flash image's FAT partition. */
    public boolean hasFiles() {
        return !files.isEmpty() || settingsFile != null || ca.stream().anyMatch(CaPlace.File.class::isInstance);
    }
}
