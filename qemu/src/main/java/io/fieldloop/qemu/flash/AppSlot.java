package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An app partition and what is in it.
 *
 * @param image none where the slot is empty or broken
 * @param defect what is wrong with a broken one, one sentence
 */
public record AppSlot(
        Partition partition,
        @Nullable ChipImage image,
        @Nullable AppDescription description,
        @Nullable FlashImageException defect) {

    /** Reads a slot; a broken image is no error yet, since a slot that is not started may hold half a download. */
    static AppSlot read(Bytes file, Partition partition) {
        int offset = partition.offset();
        if (offset >= file.length()) {
            return new AppSlot(partition, null, null, null);
        }
        int there = Math.min(ImageHeader.LENGTH, file.length() - offset);
        if (file.slice(offset, there).isErased()) {
            return new AppSlot(partition, null, null, null);
        }
        try {
            String name = name(partition);
            ChipImage image =
                    ChipImage.read(file, offset, partition.end(), name).requireDigest(name);
            return new AppSlot(partition, image, AppDescription.read(image.firstData()), null);
        } catch (FlashImageException defect) {
            return new AppSlot(partition, null, null, defect);
        }
    }

    /** The image in it, without which the firmware does not start. */
    ChipImage requireImage(int fileEnd) {
        if (defect != null) {
            throw defect;
        }
        if (image == null) {
            throw new FlashImageException(
                    partition.offset() >= fileEnd
                            ? String.format(
                                    Locale.ROOT,
                                    "truncated at offset 0x%x: the app to start is in partition %s.",
                                    fileEnd,
                                    partition)
                            : "partition " + partition + " is the one to start, but it is empty.");
        }
        return image;
    }

    private static String name(Partition partition) {
        return String.format(Locale.ROOT, "the app in partition \"%s\" at 0x%x", partition.label(), partition.offset());
    }
}
