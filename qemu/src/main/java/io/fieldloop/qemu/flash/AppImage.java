package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An app on its own, as the build leaves it ({@code xiaozhi.bin}) and as an update downloads it.
 *
 * @param description none in an app built without ESP-IDF
 */
public record AppImage(
        String name, ChipImage image, @Nullable AppDescription description) implements FirmwareFile {
    /**
     * Reads a file that must be an app image.
     *
     * @throws FlashImageException if it is something else, or has a defect
     */
    public static AppImage open(Path path) {
        if (FirmwareFile.open(path) instanceof AppImage app) {
            return app;
        }
        throw new FlashImageException(path.getFileName()
                + " is a merged flash image, where an app image is needed; give the app alone, such as"
                + " build/xiaozhi.bin.");
    }

    static AppImage read(Bytes file, String name) {
        ChipImage image = ChipImage.read(file, 0, file.length(), "the app image");
        AppDescription description = AppDescription.read(image.firstData());
        if (description == null && BootloaderDescription.read(image.firstData()) != null) {
            throw new FlashImageException("this is a bootloader alone, with neither partition table nor app; give a"
                    + " merged image (esptool merge_bin).");
        }
        return new AppImage(name, image.requireDigest("the app image"), description);
    }

    @Override
    public Chip chip() {
        return image.header().chip();
    }
}
