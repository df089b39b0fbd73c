package io.fieldloop.scenario.cli;

import io.fieldloop.scenario.cli.option.CliException;
import io.fieldloop.scenario.model.FirmwareSpec;
import io.fieldloop.scenario.shape.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a folder with what a firmware needs beside its image: {@code firmware.yaml}, a firmware section, and the files it names. */
final class FirmwareFiles {
    private static final String SECTION = "firmware.yaml";

    private FirmwareFiles() {}

    /** The section, whose files are named from the root. */
    static FirmwareSpec in(Path folder) {
        Path section = folder.resolve(SECTION);
        try {
            FirmwareSpec spec = RecordFile.read(FirmwareSpec.class, section.toString(), Files.readString(section));
            Map<String, String> files = new LinkedHashMap<>();
            spec.files()
                    .forEach((name, file) -> files.put(
                            name,
                            folder.resolve(file).toAbsolutePath().normalize().toString()));
            return spec.withFiles(files);
        } catch (IOException unreadable) {
            throw new CliException(
                    section + " cannot be read; expected there what `firmware:` of a scenario has, with names of"
                            + " files beside it.");
        } catch (IllegalArgumentException wrong) {
            throw new CliException(String.valueOf(wrong.getMessage()));
        }
    }
}
