package io.fieldloop.scenario.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a scenario adds to firmware beside what follows from its devices (URL, token, protocol version, identity, CA).
 *
 * <p>It is put into a copy of the image; the other rigs have no firmware and leave it aside.
 */
@Doc("Firmware in the qemu rig; the other rigs leave this aside")
public record FirmwareSpec(
        @Doc(
                "Settings beside those that follow from the devices: `namespace/key` in NVS, or a key of the kernel command line")
        @Default("{}")
        Map<String, String> settings,

        @Doc("Files put into the FAT partition: name there, and the file to copy, relative to the scenario's folder")
        @Default("{}")
        Map<String, String> files) {
    public FirmwareSpec {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
