package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files on a FAT12 or FAT16 volume. It never changes; a file more is a copy.
 *
 * <p>Written anew from its tree, as {@code NvsPartition} is: what else is there stays, with its times and attributes, but
 * not in the same clusters, and what was deleted is gone.
 */
public final class FatVolume {
    private static final String FORBIDDEN = "\"*:<>?\\|";

    private final FatGeometry geometry;
    private final int volumeBytes;
    private final Bytes reserved;
    private final @Nullable Bytes label;
    private final FatNode.Folder root;

    private FatVolume(
            FatGeometry geometry, int volumeBytes, Bytes reserved, @Nullable Bytes label, FatNode.Folder root) {
        this.geometry = geometry;
        this.volumeBytes = volumeBytes;
        this.reserved = reserved;
        this.label = label;
        this.root = root;
    }

    /** A volume without files, as MicroPython and ESP-IDF format flash: sectors of 4096 bytes. */
    public static FatVolume empty(int volumeBytes) {
        FatGeometry geometry = FatGeometry.forFlash(volumeBytes);
        return new FatVolume(
                geometry,
                volumeBytes,
                geometry.bootSector(),
                null,
                new FatNode.Folder(FatNode.Stamp.NEW_FOLDER, Map.of()));
    }

    /** Whether the bytes begin as a FAT volume does. */
    public static boolean isFat(Bytes bytes) {
        return FatGeometry.isBootSector(bytes);
    }

    /**
     * Reads a volume.
     *
     * @throws FatException if it is none, or damaged
     */
    public static FatVolume read(Bytes volume) {
        if (!isFat(volume)) {
            throw new FatException("there is no FAT boot sector.");
        }
        FatGeometry geometry = FatGeometry.read(volume);
        FatReader reader = new FatReader(volume, geometry);
        FatNode.Folder root = reader.root();
        Bytes reserved = volume.slice(0, geometry.tableAt(0));
        return new FatVolume(geometry, volume.length(), reserved, reader.label(), root);
    }

    /** The volume's kind as people name it. */
    public String kind() {
        return geometry.isFat12() ? "FAT12" : "FAT16";
    }

    /** Every file by its path, such as {@code lib/umqtt/simple.py}. */
    public Map<String, Bytes> files() {
        Map<String, Bytes> files = new TreeMap<>();
        collect(root, "", files);
        return Collections.unmodifiableMap(files);
    }

    private static void collect(FatNode.Folder folder, String path, Map<String, Bytes> files) {
        folder.children().forEach((name, node) -> {
            if (node instanceof FatNode.File file) {
                files.put(path + name, file.contents());
            } else {
                collect((FatNode.Folder) node, path + name + "/", files);
            }
        });
    }

    /** The file at a path; upper and lower case are the same. */
    public Optional<Bytes> get(String path) {
        FatNode node = root;
        for (String name : names(path)) {
            if (!(node instanceof FatNode.Folder folder)) {
                return Optional.empty();
            }
            Optional<String> spelling = folder.spelling(name);
            if (spelling.isEmpty()) {
                return Optional.empty();
            }
            node = folder.children().get(spelling.get());
        }
        return node instanceof FatNode.File file ? Optional.of(file.contents()) : Optional.empty();
    }

    /**
     * A copy with one file more, or other bytes in it; folders are made where there are none.
     *
     * @throws FatException if the path names a folder, or leads through a file
     */
    public FatVolume with(String path, Bytes contents) {
        return new FatVolume(geometry, volumeBytes, reserved, label, with(root, names(path), path, contents));
    }

    private static FatNode.Folder with(FatNode.Folder folder, List<String> names, String path, Bytes contents) {
        String name = names.get(0);
        FatNode there = folder.spelling(name).map(folder.children()::get).orElse(null);
        if (names.size() == 1) {
            if (there instanceof FatNode.Folder) {
                throw new FatException("\"" + path + "\" is a folder; a file cannot have its name.");
            }
            FatNode.Stamp stamp = there == null ? FatNode.Stamp.NEW_FILE : there.stamp();
            return folder.with(name, new FatNode.File(stamp, contents));
        }
        if (there instanceof FatNode.File) {
            throw new FatException("\"" + path + "\" leads through \"" + name + "\", which is a file.");
        }
        FatNode.Folder inner = there instanceof FatNode.Folder existing
                ? existing
                : new FatNode.Folder(FatNode.Stamp.NEW_FOLDER, Map.of());
        return folder.with(name, with(inner, names.subList(1, names.size()), path, contents));
    }

    private static List<String> names(String path) {
        List<String> names = List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
        names.forEach(name -> requireName(name, path));
        return names;
    }

    private static void requireName(String name, String path) {
        boolean usable = !name.isEmpty()
                && name.length() <= LongName.LENGTH_MAX
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && name.chars().allMatch(c -> c >= ' ' && FORBIDDEN.indexOf(c) < 0);
        if (!usable) {
            throw new FatException(String.format(
                    Locale.ROOT,
                    "\"%s\" in \"%s\" is no name for a file on FAT: 1 to 255 characters, none of %s, no dot or blank at"
                            + " the end.",
                    name,
                    path,
                    FORBIDDEN));
        }
    }

    /** The whole volume; unused clusters are erased. */
    public Bytes toBytes() {
        return new FatWriter(geometry, volumeBytes).write(reserved, label, root);
    }
}
