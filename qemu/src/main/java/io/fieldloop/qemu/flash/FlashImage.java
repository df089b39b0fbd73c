package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.flash.fat.FatException;
import io.fieldloop.qemu.flash.fat.FatPartition;
import io.fieldloop.qemu.flash.nvs.NvsException;
import io.fieldloop.qemu.flash.nvs.NvsPartition;
import io.fieldloop.qemu.flash.nvs.NvsValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in a device's whole flash: bootloader, partition table, apps, settings. It never changes; what is put into it
 * goes into a copy.
 *
 * <p>A file may be shorter than the flash (esptool merges without filling up): the rest is erased. It may begin at the
 * bootloader instead of at 0, as MicroPython's releases for the ESP32 do: what is before is erased.
 */
public final class FlashImage implements FirmwareFile {
    static final int FLASH_BYTES_MAX = 128 << 20;

    private final String name;
    private final Bytes flash;
    private final int fileStart;
    private final int fileEnd;
    private final ChipImage bootloader;
    private final PartitionTable partitionTable;
    private final AppSlots appSlots;

    /**
     * Reads and checks.
     *
     * @param fileStart where in flash the file begins
     * @param bootloaderAt where in flash its bootloader is, and
     * @param tableAt its partition table
     */
    private FlashImage(String name, Bytes file, int fileStart, int bootloaderAt, int tableAt) {
        this.name = name;
        this.fileStart = fileStart;
        this.fileEnd = fileStart + file.length();
        Bytes placed = fill(file, fileStart, fileEnd);
        this.bootloader = ChipImage.read(
                placed, bootloaderAt, tableAt, String.format(Locale.ROOT, "the bootloader at 0x%x", bootloaderAt));
        ImageHeader header = bootloader.header();
        this.flash = fill(placed, 0, flashBytes(header.flashBytes(), fileEnd));
        this.partitionTable = PartitionTable.read(flash, tableAt).requireSound(header.flashBytes());
        this.appSlots = AppSlots.read(placed, partitionTable, otaData());
        ImageHeader app = bootSlot().requireImage(fileEnd).header();
        if (app.chip() != header.chip()) {
            throw new FlashImageException("the app in partition \""
                    + bootSlot().partition().label() + "\" is for " + app.chip().title()
                    + ", but the bootloader is for "
                    + header.chip().title() + ".");
        }
    }

    /**
     * Reads a file that must be a whole flash.
     *
     * @throws FlashImageException if it is an app alone, something else, or has a defect
     */
    public static FlashImage open(Path path) {
        if (FirmwareFile.open(path) instanceof FlashImage merged) {
            return merged;
        }
        throw new FlashImageException(path.getFileName()
                + " is an app image, where a merged flash image is needed; make one with bootloader, partition table"
                + " and app (idf.py merge-bin, or esptool merge_bin).");
    }

    /** Builds a flash of its parts, each at its offset, and checks it as if it came from a file. */
    public static FlashImage assemble(String name, int flashBytes, Map<Integer, Bytes> parts) {
        ByteBuffer out = Bytes.erased(flashBytes);
        for (Map.Entry<Integer, Bytes> part : parts.entrySet()) {
            part.getValue().putInto(out.position(part.getKey()));
        }
        if (FirmwareFile.of(Bytes.of(out), name) instanceof FlashImage merged) {
            return merged;
        }
        throw new FlashImageException(name + ": the parts have no partition table among them.");
    }

    /** The image in a file that looks like a whole flash, or none if it does not. */
    static Optional<FlashImage> recognise(Bytes file, String name) {
        return FlashPlaces.find(file)
                .map(at -> new FlashImage(name, file, at.fileStart(), at.bootloader(), at.partitionTable()));
    }

    /** What the header says, or the next size that holds the file: a larger flash does no harm. */
    private static int flashBytes(int headerBytes, int fileEnd) {
        int bytes = headerBytes;
        while (bytes < fileEnd) {
            bytes *= 2;
        }
        return bytes;
    }

    private static Bytes fill(Bytes file, int start, int total) {
        ByteBuffer out = Bytes.erased(total).position(start);
        file.putInto(out);
        return Bytes.of(out);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Chip chip() {
        return bootloader.header().chip();
    }

    /** Size of the flash chip that this needs. */
    public int flashBytes() {
        return flash.length();
    }

    /** Where in flash the file began. */
    public int fileStart() {
        return fileStart;
    }

    /** How far the file went; beyond, flash is erased. */
    public int fileEnd() {
        return fileEnd;
    }

    public ChipImage bootloader() {
        return bootloader;
    }

    /** None in bootloaders before ESP-IDF 5.1. */
    public @Nullable BootloaderDescription bootloaderDescription() {
        return BootloaderDescription.read(bootloader.firstData());
    }

    public PartitionTable partitionTable() {
        return partitionTable;
    }

    public List<AppSlot> appSlots() {
        return appSlots.all();
    }

    /** The app that the bootloader would start; it has an image. */
    public AppSlot bootSlot() {
        return appSlots.boot();
    }

    public Optional<OtaData> otaData() {
        return partitionTable
                .first(Partition.DATA, Partition.DATA_OTA)
                .filter(partition -> partition.size() >= OtaData.LENGTH)
                .map(partition -> OtaData.read(contents(partition)));
    }

    /** The bytes in a partition of this image's table. */
    public Bytes contents(Partition partition) {
        return flash.slice(partition.offset(), partition.size());
    }

    /** The partition where ESP-IDF keeps settings: labelled {@code nvs}, else the first of its kind. */
    public Optional<Partition> nvsPartition() {
        return partitionTable
                .labelled("nvs")
                .filter(partition -> partition.is(Partition.DATA, Partition.DATA_NVS))
                .or(() -> partitionTable.first(Partition.DATA, Partition.DATA_NVS));
    }

    /** The settings in it; none where the table has no partition for them. */
    public Optional<NvsPartition> nvs() {
        return nvsPartition().map(this::readNvs);
    }

    private NvsPartition readNvs(Partition partition) {
        try {
            return NvsPartition.read(contents(partition));
        } catch (NvsException defect) {
            throw new FlashImageException(name + ": NVS partition " + partition + ": " + defect.getMessage());
        }
    }

    /**
     * A copy with these settings in its NVS partition; what else is there stays.
     *
     * @param settings by {@code namespace/key}
     * @throws FlashImageException if there is no NVS partition, or they do not fit
     */
    public FlashImage withNvs(Map<String, NvsValue> settings) {
        Partition partition = nvsPartition()
                .orElseThrow(() -> new FlashImageException(
                        name + ": the partition table has no data/nvs partition to put settings into."));
        NvsPartition nvs = readNvs(partition);
        try {
            for (Map.Entry<String, NvsValue> setting : settings.entrySet()) {
                nvs = nvs.with(setting.getKey(), setting.getValue());
            }
            return withContents(partition, nvs.toBytes(partition.size()));
        } catch (NvsException defect) {
            throw new FlashImageException(name + ": NVS partition " + partition + ": " + defect.getMessage());
        }
    }

    /** The partition with a label, or at an offset such as {@code 0x200000}. */
    public Partition partition(String labelOrOffset) {
        return partitionTable
                .labelled(labelOrOffset)
                .or(() -> partitionTable.at(labelOrOffset))
                .orElseThrow(() -> new FlashImageException(name + ": there is no partition \"" + labelOrOffset
                        + "\" in the table; there are " + partitionTable.labels() + "."));
    }

    /** The partition where files go if none is named: the first for FAT. */
    public Optional<Partition> filesPartition() {
        return partitionTable.first(Partition.DATA, Partition.DATA_FAT);
    }

    /**
     * A copy whose table has a FAT partition of that label too, from the end of the last one to the end of the flash; itself where it has one.
     *
     * <p>Some firmware, such as MicroPython from 1.26 on, makes the partition for its files only when it runs, and takes one that is there.
     *
     * @throws FlashImageException if there is no room for one
     */
    public FlashImage withFilesPartition(String label) {
        if (partitionTable.labelled(label).isPresent()) {
            return this;
        }
        return with(
                partitionTable.offset(),
                partitionTable.withFat(label, flash.length(), name).toBytes());
    }

    /** The partition that {@link #withFilesPartition} would add; none where the label is taken. */
    public Optional<Partition> addedForFiles(String label) {
        return partitionTable.labelled(label).isPresent()
                ? Optional.empty()
                : partitionTable.withFat(label, flash.length(), name).labelled(label);
    }

    /** The files in a partition; none where it has no FAT volume. */
    public Optional<FatPartition> files(Partition partition) {
        try {
            return FatPartition.find(contents(partition));
        } catch (FatException defect) {
            throw new FlashImageException(name + ": partition " + partition + ": " + defect.getMessage());
        }
    }

    /**
     * A copy with these files in a data partition; what else is there stays, and an erased one is formatted as MicroPython
     * formats it.
     *
     * @param labelOrOffset of the partition
     * @param files by path, such as {@code main.py} or {@code lib/mip.py}
     * @throws FlashImageException if the partition holds something else, or they do not fit
     */
    public FlashImage withFiles(String labelOrOffset, Map<String, byte[]> files) {
        return withFiles(labelOrOffset, FatPartition.Layer.NONE, files);
    }

    /** The same, with the layer that an erased partition gets. */
    public FlashImage withFiles(String labelOrOffset, FatPartition.Layer layer, Map<String, byte[]> files) {
        Partition partition = partition(labelOrOffset);
        if (partition.type() != Partition.DATA) {
            throw new FlashImageException(name + ": partition " + partition + " is " + partition.kind()
                    + "; files go into a data partition.");
        }
        try {
            return withContents(partition, InjectedFiles.into(contents(partition), layer, files));
        } catch (FatException defect) {
            throw new FlashImageException(name + ": partition " + partition + ": " + defect.getMessage());
        }
    }

    /** A copy with other bytes in a partition; the rest of the partition is erased. */
    public FlashImage withContents(Partition partition, Bytes contents) {
        if (contents.length() > partition.size()) {
            throw new FlashImageException(String.format(
                    Locale.ROOT, "%s: 0x%x bytes do not fit into partition %s.", name, contents.length(), partition));
        }
        return with(partition.offset(), fill(contents, 0, partition.size()));
    }

    private FlashImage with(int offset, Bytes there) {
        ByteBuffer out = Bytes.erased(flash.length());
        flash.putInto(out);
        there.putInto(out.position(offset));
        return new FlashImage(name, Bytes.of(out), 0, chip().bootloaderOffset(), partitionTable.offset());
    }

    /** The whole flash, as QEMU takes it. */
    public Bytes toBytes() {
        return flash;
    }

    /** Writes the whole flash. */
    public void write(Path path) throws IOException {
        Files.write(path, flash.toArray());
    }
}
