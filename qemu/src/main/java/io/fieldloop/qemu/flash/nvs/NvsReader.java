package io.fieldloop.qemu.flash.nvs;

import io.fieldloop.qemu.bytes.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads all pages of a partition in the order they were filled, and puts namespaces and blobs together.
 *
 * <p>A value that is there twice is the later one: after a power cut between writing the new and erasing the old, both
 * are there.
 */
final class NvsReader {
    private final Bytes partition;
    private final List<String> damage = new ArrayList<>();
    private final Map<Integer, String> names = new TreeMap<>();
    private final Map<Chunk, Bytes> chunks = new LinkedHashMap<>();

    NvsReader(Bytes partition) {
        if (partition.length() == 0 || partition.length() % NvsFormat.PAGE_LENGTH != 0) {
            throw new NvsException("it has " + partition.length() + " bytes, which is no whole number of pages of "
                    + NvsFormat.PAGE_LENGTH + ".");
        }
        this.partition = partition;
    }

    NvsPartition read() {
        List<NvsEntry> entries = entries();
        for (NvsEntry entry : entries) {
            if (entry.namespace() == 0 && entry.type() == NvsType.U8) {
                names.put(entry.field().u8(0), entry.key());
            } else if (entry.type() == NvsType.BLOB_DATA) {
                chunks.put(new Chunk(entry.namespace(), entry.key(), entry.chunk()), entry.data());
            }
        }
        Map<String, Map<String, NvsValue>> namespaces = new LinkedHashMap<>();
        names.values().forEach(name -> namespaces.put(name, new LinkedHashMap<>()));
        for (NvsEntry entry : entries) {
            if (entry.namespace() != 0 && entry.type() != NvsType.BLOB_DATA) {
                add(entry, namespaces);
            }
        }
        return new NvsPartition(namespaces, damage);
    }

    private List<NvsEntry> entries() {
        List<NvsPage> pages = new ArrayList<>();
        for (int at = 0; at < partition.length(); at += NvsFormat.PAGE_LENGTH) {
            NvsPage page = new NvsPage(partition.slice(at, NvsFormat.PAGE_LENGTH), at / NvsFormat.PAGE_LENGTH, damage);
            if (page.isUsable()) {
                pages.add(page);
            }
        }
        pages.sort(Comparator.comparingLong(NvsPage::sequence));
        List<NvsEntry> entries = new ArrayList<>();
        pages.forEach(page -> page.readInto(entries));
        return entries;
    }

    private void add(NvsEntry entry, Map<String, Map<String, NvsValue>> namespaces) {
        String namespace = names.get(entry.namespace());
        if (namespace == null) {
            damage.add("\"" + entry.key() + "\" belongs to namespace " + entry.namespace() + ", which has no name.");
            return;
        }
        NvsValue value = value(entry);
        if (value == null) {
            damage.add("blob \"" + namespace + "/" + entry.key() + "\" lacks some of its pieces.");
            return;
        }
        namespaces.getOrDefault(namespace, new LinkedHashMap<>()).put(entry.key(), value);
    }

    private @Nullable NvsValue value(NvsEntry entry) {
        return switch (entry.type()) {
            case STR -> new NvsValue.Text(beforeNul(entry.data()));
            case BLOB_V1 -> new NvsValue.Blob(entry.data());
            case BLOB_INDEX -> blob(entry);
            default -> new NvsValue.Numeric(entry.type(), number(entry));
        };
    }

    private static Bytes beforeNul(Bytes data) {
        int end = 0;
        while (end < data.length() && data.u8(end) != 0) {
            end++;
        }
        return data.slice(0, end);
    }

    private static BigInteger number(NvsEntry entry) {
        byte[] bigEndian = new byte[entry.type().bytes()];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[bigEndian.length - 1 - i] = (byte) entry.field().u8(i);
        }
        return entry.type().isSigned() ? new BigInteger(bigEndian) : new BigInteger(1, bigEndian);
    }

    /** The index holds the size, how many pieces there are and the first one's number. */
    private @Nullable NvsValue blob(NvsEntry index) {
        long size = index.field().u32(0);
        int count = index.field().u8(4);
        int first = index.field().u8(5);
        if (size > partition.length()) {
            return null;
        }
        ByteBuffer whole = Bytes.erased((int) size);
        for (int i = first; i < first + count; i++) {
            Bytes piece = chunks.get(new Chunk(index.namespace(), index.key(), i));
            if (piece == null || piece.length() > whole.remaining()) {
                return null;
            }
            piece.putInto(whole);
        }
        return whole.hasRemaining() ? null : new NvsValue.Blob(Bytes.of(whole));
    }

    /** Which piece of which blob. */
    private record Chunk(int namespace, String key, int number) {}
}
