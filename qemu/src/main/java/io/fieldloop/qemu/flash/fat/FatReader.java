package io.fieldloop.qemu.flash.fat;

import io.fieldloop.qemu.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tree of a volume, and refuses one whose clusters are used twice or lead nowhere. */
final class FatReader {
    private static final int DELETED = 0xe5;
    private static final int LAST_CLUSTER_12 = 0xff8;
    private static final int LAST_CLUSTER_16 = 0xfff8;

    private final Bytes volume;
    private final FatGeometry geometry;
    private final BitSet used = new BitSet();
    private @Nullable Bytes label;

    FatReader(Bytes volume, FatGeometry geometry) {
        this.volume = volume;
        this.geometry = geometry;
    }

    FatNode.Folder root() {
        Bytes entries = volume.slice(geometry.rootAt(), geometry.rootBytes());
        return new FatNode.Folder(FatNode.Stamp.NEW_FOLDER, children(entries, ""));
    }

    /** The entry with the volume's name; known after the root was read. */
    @Nullable
    Bytes label() {
        return label;
    }

    private Map<String, FatNode> children(Bytes entries, String path) {
        Map<String, FatNode> children = new LinkedHashMap<>();
        LongName longName = new LongName();
        for (int at = 0; at < entries.length(); at += FatGeometry.ENTRY_LENGTH) {
            Bytes entry = entries.slice(at, FatGeometry.ENTRY_LENGTH);
            int first = entry.u8(0);
            int attributes = entry.u8(11) & 0x3f;
            if (first == 0) {
                break;
            }
            if (first == DELETED || first == '.') {
                continue;
            }
            if (attributes == FatNode.Stamp.LONG_NAME) {
                longName.add(entry);
            } else if ((attributes & FatNode.Stamp.VOLUME_LABEL) != 0) {
                label = entry;
            } else {
                ShortName shortName = ShortName.read(entry);
                String whole = longName.take(shortName);
                String name = whole == null ? shortName.text() : whole;
                children.put(name, node(entry, path + "/" + name));
            }
        }
        return children;
    }

    private FatNode node(Bytes entry, String path) {
        FatNode.Stamp stamp = new FatNode.Stamp(entry.u8(11), entry.slice(13, 13));
        int cluster = entry.u16(26);
        if ((stamp.attributes() & FatNode.Stamp.FOLDER) != 0) {
            return new FatNode.Folder(stamp, children(chain(cluster, path), path));
        }
        Bytes clusters = cluster == 0 ? Bytes.of() : chain(cluster, path);
        long length = entry.u32(28);
        if (length > clusters.length()) {
            throw new FatException(String.format(
                    Locale.ROOT,
                    "%s is said to have %d bytes, but its clusters hold %d.",
                    path,
                    length,
                    clusters.length()));
        }
        return new FatNode.File(stamp, clusters.slice(0, (int) length));
    }

    private Bytes chain(int first, String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int cluster = first;
        do {
            if (cluster < 2 || cluster >= geometry.clusters() + 2) {
                throw new FatException("the clusters of " + path + " lead to " + cluster + ", which is none.");
            }
            if (used.get(cluster)) {
                throw new FatException("cluster " + cluster + " is used twice, the second time by " + path + ".");
            }
            used.set(cluster);
            out.writeBytes(volume.slice(geometry.clusterAt(cluster), geometry.clusterBytes())
                    .toArray());
            cluster = next(cluster);
        } while (cluster < (geometry.isFat12() ? LAST_CLUSTER_12 : LAST_CLUSTER_16));
        return Bytes.of(out.toByteArray());
    }

    private int next(int cluster) {
        int table = geometry.tableAt(0);
        if (!geometry.isFat12()) {
            return volume.u16(table + cluster * 2);
        }
        int pair = volume.u16(table + cluster * 3 / 2);
        return cluster % 2 == 0 ? pair & 0xfff : pair >> 4;
    }
}
