package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.fat.FatPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines of an inspection that are about files in data partitions. */
final class FilesReport {
    /** As MicroPython calls it. */
    private static final String USUAL = "vfs";

    private static final int FILES_SHOWN_MAX = 20;

    private final FlashImage image;
    private final List<Line> lines = new ArrayList<>();

    FilesReport(FlashImage image) {
        this.image = image;
    }

    /** A line and the word before it. */
    record Line(String title, String text) {}

    List<Line> lines() {
        for (Partition partition : fatPartitions(image)) {
            partition(partition);
        }
        return lines;
    }

    /** The partitions that files can be put into. */
    static List<String> places(FlashImage image) {
        return fatPartitions(image).stream()
                .filter(partition -> takesFiles(image, partition))
                .map(partition -> "partition \"" + partition.label() + "\"")
                .toList();
    }

    /** What a scenario can do about it where there is none. */
    static String placeToBe(FlashImage image) {
        try {
            return image.addedForFiles(USUAL)
                    .map(added -> "no partition takes any; `add-partition: " + USUAL + "` in firmware: gives the copy "
                            + added)
                    .orElse("partition \"" + USUAL + "\" takes none");
        } catch (FlashImageException full) {
            return "no partition takes any, and there is no room for one more";
        }
    }

    private static List<Partition> fatPartitions(FlashImage image) {
        return image.partitionTable().partitions().stream()
                .filter(partition -> partition.is(Partition.DATA, Partition.DATA_FAT))
                .toList();
    }

    private static boolean takesFiles(FlashImage image, Partition partition) {
        try {
            return image.contents(partition).isErased()
                    || image.files(partition).isPresent();
        } catch (FlashImageException damaged) {
            return false;
        }
    }

    private void partition(Partition partition) {
        try {
            Optional<FatPartition> fat = image.files(partition);
            if (fat.isEmpty()) {
                String contents = FatPartition.contentsOf(image.contents(partition));
                title(partition, contents + (contents.equals("erased") ? "" : ", which is not read here"));
            } else {
                files(partition, fat.get());
            }
        } catch (FlashImageException damaged) {
            title(partition, "damaged: " + damaged.getMessage());
        }
    }

    private void files(Partition partition, FatPartition fat) {
        Map<String, Bytes> files = fat.volume().files();
        title(partition, fat.kind() + ", " + files.size() + (files.size() == 1 ? " file" : " files"));
        files.entrySet().stream()
                .limit(FILES_SHOWN_MAX)
                .forEach(file -> lines.add(
                        new Line("", file.getKey() + ", " + file.getValue().length() + " bytes")));
        if (files.size() > FILES_SHOWN_MAX) {
            lines.add(new Line("", "and " + (files.size() - FILES_SHOWN_MAX) + " more"));
        }
    }

    private void title(Partition partition, String text) {
        lines.add(new Line("files", "partition " + partition + ": " + text));
    }
}
