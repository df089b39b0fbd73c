package io.fieldloop.qemu.flash;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a firmware file contains, for a person: {@code fieldloop firmware inspect}.
 *
 * @param file the file as read and checked
 * @param app none in an app built without ESP-IDF
 * @param lines the report; passwords, tokens and keys are masked in it
 */
public record FlashInspection(FirmwareFile file, @Nullable AppDescription app, List<String> lines) {
    public FlashInspection {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a file.
     *
     * @throws FlashImageException with one sentence if it has a defect
     */
    public static FlashInspection of(Path path) {
        return of(FirmwareFile.open(path));
    }

    /** The same of a file that was read before. */
    public static FlashInspection of(FirmwareFile file) {
        InspectionReport report = new InspectionReport();
        if (file instanceof FlashImage merged) {
            report.merged(merged);
            return new FlashInspection(file, merged.bootSlot().description(), report.lines());
        }
        AppImage app = (AppImage) file;
        report.app(app);
        return new FlashInspection(file, app.description(), report.lines());
    }
}
