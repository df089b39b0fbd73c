package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.BoundedFile;
import io.fieldloop.qemu.bytes.Bytes;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A firmware file of a user, read and checked: a whole flash, or one app as an update would download it. */
public sealed interface FirmwareFile permits FlashImage, AppImage {
    /** The file's name without its folders. */
    String name();

    Chip chip();

    /**
     * Reads a file of either kind.
     *
     * @throws FlashImageException if it is neither, or has a defect
     */
    static FirmwareFile open(Path path) {
        String name = String.valueOf(path.getFileName());
        return of(Bytes.of(contents(path)), name);
    }

    /** The same from memory. */
    static FirmwareFile of(Bytes file, String name) {
        try {
            requireImage(file);
            Optional<FlashImage> merged = FlashImage.recognise(file, name);
            return merged.isPresent() ? merged.get() : AppImage.read(file, name);
        } catch (FlashImageException defect) {
            throw defect.in(name);
        }
    }

    private static byte[] contents(Path path) {
        try {
            return BoundedFile.read(path, FlashImage.FLASH_BYTES_MAX);
        } catch (BoundedFile.TooLargeException large) {
            throw new FlashImageException(
                    path + " has more bytes than any ESP32's flash; give a flash image or an app image.");
        } catch (NoSuchFileException missing) {
            throw new FlashImageException("There is no file " + path + "; give a flash image or an app image.");
        } catch (IOException unreadable) {
            throw new FlashImageException(path + " cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    private static void requireImage(Bytes file) {
        if (file.length() == 0) {
            throw new FlashImageException("the file is empty.");
        }
        if (file.isErased()) {
            throw new FlashImageException("every byte is 0xff: this is erased flash, with no firmware in it.");
        }
        if (file.length() >= 4 && file.u32(0) == 0x464c457fL) {
            throw new FlashImageException("this is an ELF file; give the image made from it (esptool elf2image, or"
                    + " merge_bin for the whole flash).");
        }
        if (!FlashPlaces.hasMagic(file)) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "bad magic: the file begins with 0x%02x, where an app image or a merged flash image has 0x%02x"
                            + " (merged ones for some chips at 0x1000 or 0x2000).",
                    file.u8(0),
                    ImageHeader.MAGIC));
        }
    }
}
