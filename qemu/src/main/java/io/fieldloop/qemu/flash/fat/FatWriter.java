package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a tree into an empty volume: every file and folder in clusters one after the other. */
final class FatWriter {
    private static final byte[] DOT = ".          ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOT_DOT = "..         ".getBytes(StandardCharsets.US_ASCII);
    private static final int MEDIA = 0xff8;

    private final FatGeometry geometry;
    private final ByteBuffer out;
    private final List<Integer> table = new ArrayList<>();

    FatWriter(FatGeometry geometry, int volumeBytes) {
        this.geometry = geometry;
        this.out = Bytes.erased(volumeBytes);
        int end = geometry.isFat12() ? 0xfff : 0xffff;
        table.add(geometry.isFat12() ? MEDIA : 0xf000 | MEDIA);
        table.add(end);
    }

    /**
     * @param reserved boot sector and what else is before the tables
     * @param label the entry with the volume's name, if it has one
     */
    Bytes write(Bytes reserved, @Nullable Bytes label, FatNode.Folder root) {
        reserved.putInto(out.position(0));
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        if (label != null) {
            entries.writeBytes(label.toArray());
        }
        writeEntries(root, entries, 0);
        if (entries.size() > geometry.rootBytes()) {
            throw new FatException("there are more files in the root folder than its " + geometry.rootEntries()
                    + " places hold; put them into a folder.");
        }
        putZeroed(geometry.rootAt(), geometry.rootBytes(), entries.toByteArray());
        for (int i = 0; i < geometry.tables(); i++) {
            putZeroed(geometry.tableAt(i), geometry.tableSectors() * geometry.sectorBytes(), tableBytes());
        }
        return Bytes.of(out);
    }

    private void writeEntries(FatNode.Folder folder, ByteArrayOutputStream entries, int ownCluster) {
        Set<Bytes> taken = new HashSet<>();
        for (Map.Entry<String, FatNode> child : folder.children().entrySet()) {
            ShortName shortName = shortName(child.getKey(), taken);
            if (!shortName.text().equals(child.getKey())) {
                LongName.entries(child.getKey(), shortName.checksum())
                        .forEach(part -> entries.writeBytes(part.toArray()));
            }
            entries.writeBytes(writeNode(child.getValue(), shortName, ownCluster));
        }
    }

    /** A name's own short form where it has one and no alias took it before. */
    private static ShortName shortName(String name, Set<Bytes> taken) {
        ShortName candidate = ShortName.exactly(name).orElseGet(() -> ShortName.alias(name, 1));
        for (int number = 1; !taken.add(candidate.bytes()); number++) {
            candidate = ShortName.alias(name, number);
        }
        return candidate;
    }

    private byte[] writeNode(FatNode node, ShortName shortName, int parentCluster) {
        if (node instanceof FatNode.File file) {
            int first = writeClusters(file.contents().toArray());
            return entry(
                    shortName.bytes().toArray(),
                    shortName.flags(),
                    file.stamp(),
                    first,
                    file.contents().length());
        }
        FatNode.Folder folder = (FatNode.Folder) node;
        int first = allocate(folderBytes(folder));
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        entries.writeBytes(entry(DOT, 0, FatNode.Stamp.NEW_FOLDER, first, 0));
        entries.writeBytes(entry(DOT_DOT, 0, FatNode.Stamp.NEW_FOLDER, parentCluster, 0));
        writeEntries(folder, entries, first);
        putZeroed(
                geometry.clusterAt(first),
                clustersFor(folderBytes(folder)) * geometry.clusterBytes(),
                entries.toByteArray());
        return entry(shortName.bytes().toArray(), shortName.flags(), folder.stamp(), first, 0);
    }

    /** At most: names whose short form says everything take one entry less. */
    private static int folderBytes(FatNode.Folder folder) {
        int entries = 2;
        for (String name : folder.children().keySet()) {
            entries += 1 + LongName.entries(name, 0).size();
        }
        return entries * FatGeometry.ENTRY_LENGTH;
    }

    private static byte[] entry(byte[] name, int flags, FatNode.Stamp stamp, int cluster, int length) {
        ByteBuffer entry = ByteBuffer.allocate(FatGeometry.ENTRY_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        entry.put(name).put((byte) stamp.attributes()).put((byte) flags);
        stamp.times().putInto(entry);
        entry.putShort((short) cluster).putInt(length);
        return entry.array();
    }

    /** Returns the first cluster, 0 for nothing. */
    private int writeClusters(byte[] contents) {
        if (contents.length == 0) {
            return 0;
        }
        int first = allocate(contents.length);
        out.put(geometry.clusterAt(first), contents);
        return first;
    }

    private int allocate(int bytes) {
        int first = table.size();
        int count = clustersFor(bytes);
        if (first + count > geometry.clusters() + 2) {
            throw new FatException("the files do not fit: there are " + geometry.clusters() + " clusters of "
                    + geometry.clusterBytes() + " bytes.");
        }
        for (int i = 1; i < count; i++) {
            table.add(first + i);
        }
        table.add(geometry.isFat12() ? 0xfff : 0xffff);
        return first;
    }

    private int clustersFor(int bytes) {
        return (bytes + geometry.clusterBytes() - 1) / geometry.clusterBytes();
    }

    private byte[] tableBytes() {
        int width = geometry.isFat12() ? 3 : 4;
        ByteBuffer bytes = ByteBuffer.allocate((table.size() * width + 3) / 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < table.size(); i++) {
            int at = i * width / 2;
            int shifted = width == 3 && i % 2 == 1 ? table.get(i) << 4 : table.get(i);
            bytes.putShort(at, (short) (bytes.getShort(at) | shifted));
        }
        return bytes.array();
    }

    private void putZeroed(int at, int length, byte[] contents) {
        out.put(at, new byte[length]);
        out.put(at, contents);
    }
}
