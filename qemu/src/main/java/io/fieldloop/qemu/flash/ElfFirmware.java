package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.BoundedFile;
import io.fieldloop.qemu.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an ESP32's whole flash of firmware that was linked without ESP-IDF, such as the reference firmware.
 *
 * <p>What runs from RAM becomes a boot image that the ROM loads; it maps the rest, whose place in flash is its load address (LMA) in the
 * ELF file. The same parts are in an app partition, so that the flash is one like any other: it can be inspected, settings can be put
 * into it, and a second-stage bootloader may take the boot image's place.
 */
public final class ElfFirmware {
    /** Room for settings, an app of 1 MiB and, in a chip of 4 MiB, two slots for updates, which are erased at first. */
    private static final List<Partition> PARTITIONS = List.of(
            new Partition("nvs", Partition.DATA, Partition.DATA_NVS, 0x9000, 0x4000, 0),
            new Partition("otadata", Partition.DATA, Partition.DATA_OTA, 0xd000, 0x2000, 0),
            new Partition("phy_init", Partition.DATA, Partition.DATA_PHY, 0xf000, 0x1000, 0),
            new Partition("factory", Partition.APP, Partition.APP_FACTORY, 0x10000, 0x100000, 0),
            new Partition("store", Partition.DATA, Partition.DATA_UNDEFINED, 0x110000, 0x2000, 0),
            new Partition("storage", Partition.DATA, Partition.DATA_FAT, 0x112000, 0xe000, 0),
            new Partition("ota_0", Partition.APP, Partition.APP_OTA_0, 0x120000, 0x100000, 0),
            new Partition("ota_1", Partition.APP, Partition.APP_OTA_0 + 1, 0x220000, 0x100000, 0));

    private static final int APP_AT = 0x10000;
    private static final int APP_END = 0x110000;
    private static final int APP_FLASH_BYTES = 4 << 20;
    private static final int PAGE = 0x10000;
    private static final int WORD = 4;

    private final String name;
    private final ElfFile elf;

    /** With all that a debugger wants a program of ESP-IDF has some tens of MiB. */
    private static final int PROGRAM_BYTES_MAX = 256 << 20;

    private ElfFirmware(String name, ElfFile elf) {
        this.name = name;
        this.elf = elf;
    }

    /**
     * Reads a linked program.
     *
     * @throws FlashImageException if it is none for an ESP32
     */
    public static ElfFirmware open(Path path) {
        String name = String.valueOf(path.getFileName());
        try {
            return of(Bytes.of(BoundedFile.read(path, PROGRAM_BYTES_MAX)), name);
        } catch (NoSuchFileException missing) {
            throw new FlashImageException("There is no file " + path + "; give a linked program, such as esp32.elf.");
        } catch (IOException unreadable) {
            throw new FlashImageException(path + " cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    /** The same from memory. */
    static ElfFirmware of(Bytes file, String name) {
        try {
            return new ElfFirmware(name, ElfFile.read(file));
        } catch (FlashImageException defect) {
            throw defect.in(name);
        }
    }

    /** Whether a file is a program of which a part is mapped from flash, so that a flash has to be made of it. */
    public static boolean isForFlash(Path path) {
        try {
            return open(path).elf.parts().stream().anyMatch(Memory::isFlash);
        } catch (FlashImageException other) {
            return false;
        }
    }

    /** Whether it is linked for an ESP32, in whatever way: some of it begins in that chip's instruction RAM or flash. */
    public boolean isForEsp32() {
        return elf.parts().stream().anyMatch(part -> Memory.isInstructionRam(part.address()) || Memory.isFlash(part));
    }

    /** What the firmware says of itself, wherever that is; null when it says nothing. */
    public @Nullable AppDescription description() {
        for (ElfFile.Part part : elf.parts()) {
            Bytes data = part.data();
            for (int at = 0; at + AppDescription.LENGTH <= data.length(); at += WORD) {
                AppDescription found = AppDescription.read(data.slice(at, AppDescription.LENGTH));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /**
     * The flash with this firmware and no settings.
     *
     * @param flashBytes size of the flash chip, 2 MiB at least
     * @throws FlashImageException if the firmware was linked for another layout
     */
    public FlashImage flashImage(int flashBytes) {
        return flashImage(flashBytes, this);
    }

    /** The same, in which the ROM loads another program first: the loader that chooses what boots. */
    public FlashImage flashImage(int flashBytes, ElfFirmware loader) {
        if (elf.parts().stream().anyMatch(part -> Memory.isFlash(part) && part.loadAddress() == part.address())) {
            throw new FlashImageException(
                    name + ": linked as ESP-IDF links, and so it does not say where in flash its parts"
                            + " are; give the merged image (idf.py merge-bin, esptool merge_bin).");
        }
        return FlashImage.assemble(name, flashBytes, parts(flashBytes, loader));
    }

    /** The application as an OTA slot has it; its first segment begins with its description. */
    public ChipImage app() {
        try {
            return ChipImage.of(
                    header(APP_FLASH_BYTES),
                    elf.parts().stream().anyMatch(Memory::isFlash) ? appSegments() : allInMemory());
        } catch (FlashImageException defect) {
            throw defect.in(name);
        }
    }

    /** Where a loader copies all of it, whatever the board's memory. */
    private List<Segment> allInMemory() {
        return elf.parts().stream().map(ElfFirmware::segment).toList();
    }

    private static Segment segment(ElfFile.Part part) {
        return new Segment(part.address(), inWords(part.data()));
    }

    private Map<Integer, Bytes> parts(int flashBytes, ElfFirmware loader) {
        try {
            return Map.of(
                    Chip.ESP32.bootloaderOffset(),
                    loader.bootImage(flashBytes),
                    PartitionTable.DEFAULT_OFFSET,
                    new PartitionTable(partitions(flashBytes)).toBytes(),
                    APP_AT,
                    ChipImage.of(header(flashBytes), appSegments()).bytes());
        } catch (FlashImageException defect) {
            throw defect.in(name);
        }
    }

    private static List<Partition> partitions(int flashBytes) {
        return PARTITIONS.stream()
                .filter(partition -> partition.offset() + partition.size() <= flashBytes)
                .toList();
    }

    private ImageHeader header(int flashBytes) {
        return ImageHeader.of(Chip.ESP32, FlashMode.DIO, flashBytes, elf.entry());
    }

    private Bytes bootImage(int flashBytes) {
        Bytes image = ChipImage.of(header(flashBytes), bootSegments()).bytes();
        int room = PartitionTable.DEFAULT_OFFSET - Chip.ESP32.bootloaderOffset();
        if (image.length() > room) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "what runs from RAM makes a boot image of 0x%x bytes, but there are 0x%x before the partition"
                            + " table; link more code and constants into flash.",
                    image.length(),
                    room));
        }
        return image;
    }

    private List<Segment> bootSegments() {
        List<Segment> segments = elf.parts().stream()
                .filter(part -> Memory.of(part) == Memory.RAM)
                .map(ElfFirmware::segment)
                .toList();
        if (segments.isEmpty()) {
            throw new FlashImageException("nothing in it runs from RAM, where the ROM has to load what begins.");
        }
        return segments;
    }

    /** Flash-mapped parts at their places with filling between them, as esptool writes an app; then those for RAM. */
    private List<Segment> appSegments() {
        List<ElfFile.Part> mapped = elf.parts().stream()
                .filter(part -> Memory.of(part) == Memory.FLASH)
                .sorted(Comparator.comparingLong(ElfFile.Part::loadAddress))
                .toList();
        List<Segment> segments = new ArrayList<>();
        long at = APP_AT + ImageHeader.LENGTH;
        for (ElfFile.Part part : mapped) {
            requirePlace(part, at + Segment.HEADER_LENGTH);
            long filling = part.loadAddress() - Segment.HEADER_LENGTH - at;
            if (filling > 0) {
                segments.add(new Segment(0, Bytes.of(new byte[(int) filling - Segment.HEADER_LENGTH])));
            }
            Bytes data = inWords(part.data());
            segments.add(new Segment(part.address(), data));
            at = part.loadAddress() + data.length();
        }
        segments.addAll(bootSegments());
        return segments;
    }

    /** The chip maps flash in pages, and a segment needs room for its header before it. */
    private static void requirePlace(ElfFile.Part part, long first) {
        long place = part.loadAddress();
        boolean fits = place == first || place >= first + Segment.HEADER_LENGTH;
        if (place % PAGE != part.address() % PAGE
                || !fits
                || place + part.data().length() > APP_END) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "%s has the load address 0x%x; its place in flash is from 0x%x to 0x%x and as far into a page of"
                            + " 64 KiB as its address (AT in the linker script).",
                    part,
                    place,
                    first,
                    APP_END));
        }
    }

    private static Bytes inWords(Bytes data) {
        int length = (data.length() + WORD - 1) / WORD * WORD;
        ByteBuffer out = ByteBuffer.allocate(length);
        data.putInto(out);
        return Bytes.of(out);
    }

    /** The ESP32's memories that a program can be in (technical reference manual, "System and Memory"). */
    private enum Memory {
        RAM,
        FLASH;

        static Memory of(ElfFile.Part part) {
            if (within(part, 0x40080000L, 0x400a0000L) || within(part, 0x3ffae000L, 0x40000000L)) {
                return RAM;
            }
            if (isFlash(part)) {
                return FLASH;
            }
            throw new FlashImageException(part + " is in none of the ESP32's memories for programs: instruction RAM"
                    + " 0x40080000 to 0x400a0000, data RAM from 0x3ffae000, flash from 0x3f400000 and 0x400d0000.");
        }

        /** All of it up to RTC memory, more than a program for silicon may use. */
        static boolean isInstructionRam(long address) {
            return address >= 0x40080000L && address < 0x400c0000L;
        }

        static boolean isFlash(ElfFile.Part part) {
            return within(part, 0x3f400000L, 0x3f800000L) || within(part, 0x400d0000L, 0x40400000L);
        }

        private static boolean within(ElfFile.Part part, long from, long to) {
            return part.address() >= from && part.end() <= to;
        }
    }
}
