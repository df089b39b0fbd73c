package io.fieldloop.qemu.flash.nvs;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.bytes.RomCrc32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes a partition as {@code nvs_partition_gen.py} does, format version 2, down to where it begins a new page: a string
 * joins others on a page only if it leaves the last place free, a blob is cut where its page ends, and the last page
 * stays erased for the firmware to
 * move things to.
 */
final class NvsWriter {
    private static final int TEXT_BYTES_MAX = 4000;
    private static final int PAGES_MIN = 3;
    private static final int NAMESPACES_MAX = 254;
    private static final int CHUNKS_MAX = 127;

    private final ByteBuffer out;
    private final int pages;
    private int page = -1;
    private int entry;

    NvsWriter(int partitionBytes) {
        if (partitionBytes % NvsFormat.PAGE_LENGTH != 0 || partitionBytes < PAGES_MIN * NvsFormat.PAGE_LENGTH) {
            throw new NvsException("it has " + partitionBytes + " bytes; an NVS partition has at least " + PAGES_MIN
                    + " whole pages of " + NvsFormat.PAGE_LENGTH + ".");
        }
        this.out = Bytes.erased(partitionBytes);
        this.pages = partitionBytes / NvsFormat.PAGE_LENGTH;
    }

    Bytes write(Map<String, Map<String, NvsValue>> namespaces) {
        if (namespaces.size() > NAMESPACES_MAX) {
            throw new NvsException(
                    namespaces.size() + " namespaces are too many; there can be " + NAMESPACES_MAX + ".");
        }
        beginPage();
        int number = 0;
        for (Map.Entry<String, Map<String, NvsValue>> namespace : namespaces.entrySet()) {
            number++;
            writeNumber(0, NvsType.U8, namespace.getKey(), number);
            for (Map.Entry<String, NvsValue> value : namespace.getValue().entrySet()) {
                write(number, value.getKey(), value.getValue());
            }
        }
        return Bytes.of(out);
    }

    private void write(int namespace, String key, NvsValue value) {
        if (value instanceof NvsValue.Numeric number) {
            writeNumber(namespace, number.type(), key, number.value().longValue());
        } else if (value instanceof NvsValue.Text text) {
            writeText(namespace, key, text.bytes());
        } else if (value instanceof NvsValue.Blob blob) {
            writeBlob(namespace, key, blob.bytes());
        }
    }

    private void writeNumber(int namespace, NvsType type, String key, long value) {
        if (entry >= NvsFormat.ENTRIES) {
            beginPage();
        }
        int at = header(namespace, type, 1, NvsFormat.NO_CHUNK, key);
        for (int i = 0; i < type.bytes(); i++) {
            out.put(at + NvsFormat.DATA_AT + i, (byte) (value >> (8 * i)));
        }
        finish(at, 1);
    }

    private void writeText(int namespace, String key, Bytes text) {
        ByteBuffer terminated = Bytes.erased(text.length() + 1);
        text.putInto(terminated);
        terminated.put((byte) 0);
        Bytes data = Bytes.of(terminated);
        if (data.length() > TEXT_BYTES_MAX) {
            throw new NvsException("the text of \"" + key + "\" has " + text.length() + " bytes; there can be "
                    + (TEXT_BYTES_MAX - 1) + ".");
        }
        if (entry > 0 && entry + 1 + NvsFormat.entriesFor(data.length()) >= NvsFormat.ENTRIES) {
            beginPage();
        }
        writeData(namespace, NvsType.STR, NvsFormat.NO_CHUNK, key, data);
    }

    private void writeBlob(int namespace, String key, Bytes blob) {
        if (entry >= NvsFormat.ENTRIES) {
            beginPage();
        }
        int written = 0;
        int chunk = 0;
        do {
            int room = (NvsFormat.ENTRIES - entry - 1) * NvsFormat.ENTRY_LENGTH;
            int size = Math.min(room, blob.length() - written);
            writeData(namespace, NvsType.BLOB_DATA, chunk, key, blob.slice(written, size));
            written += size;
            chunk++;
            if (written < blob.length() || room - size < NvsFormat.ENTRY_LENGTH) {
                beginPage();
            }
        } while (written < blob.length());
        if (chunk > CHUNKS_MAX) {
            throw new NvsException("the blob \"" + key + "\" has " + blob.length() + " bytes, which is too many.");
        }
        int at = header(namespace, NvsType.BLOB_INDEX, 1, NvsFormat.NO_CHUNK, key);
        out.putInt(at + NvsFormat.DATA_AT, blob.length());
        out.put(at + NvsFormat.DATA_AT + 4, (byte) chunk).put(at + NvsFormat.DATA_AT + 5, (byte) 0);
        finish(at, 1);
    }

    private void writeData(int namespace, NvsType type, int chunk, String key, Bytes data) {
        int span = 1 + NvsFormat.entriesFor(data.length());
        int at = header(namespace, type, span, chunk, key);
        out.putShort(at + NvsFormat.DATA_AT, (short) data.length());
        out.putInt(at + NvsFormat.DATA_CRC_AT, RomCrc32.of(data));
        data.putInto(out.position(at + NvsFormat.ENTRY_LENGTH));
        finish(at, span);
    }

    /** Begins an entry; what is not set stays 0xff. */
    private int header(int namespace, NvsType type, int span, int chunk, String key) {
        int at = page * NvsFormat.PAGE_LENGTH + NvsFormat.entryAt(entry);
        out.put(at, (byte) namespace).put(at + 1, (byte) type.code());
        out.put(at + 2, (byte) span).put(at + 3, (byte) chunk);
        out.put(at + NvsFormat.KEY_AT, new byte[NvsFormat.KEY_LENGTH]);
        out.put(at + NvsFormat.KEY_AT, key.getBytes(StandardCharsets.UTF_8));
        return at;
    }

    /** Adds the entry's CRC and marks its places as written. */
    private void finish(int at, int span) {
        out.putInt(at + NvsFormat.CRC_AT, NvsPage.crc(Bytes.of(bytesAt(at, NvsFormat.ENTRY_LENGTH))));
        for (int i = 0; i < span; i++) {
            int bit = entry * 2;
            int place = page * NvsFormat.PAGE_LENGTH + NvsFormat.BITMAP_AT + bit / 8;
            out.put(place, (byte) (out.get(place) & ~(1 << (bit % 8))));
            entry++;
        }
    }

    private void beginPage() {
        if (page >= 0) {
            out.putInt(page * NvsFormat.PAGE_LENGTH, (int) NvsFormat.PAGE_FULL);
        }
        page++;
        entry = 0;
        if (page >= pages - 1) {
            throw new NvsException("the settings do not fit into its " + (pages - 1)
                    + " usable pages; give the firmware a larger NVS partition or fewer settings.");
        }
        int at = page * NvsFormat.PAGE_LENGTH;
        out.putInt(at, (int) NvsFormat.PAGE_ACTIVE).putInt(at + 4, page);
        out.put(at + 8, (byte) NvsFormat.VERSION_2);
        out.putInt(at + NvsFormat.HEADER_CRC_AT, RomCrc32.of(Bytes.of(bytesAt(at + 4, 24))));
    }

    private byte[] bytesAt(int at, int length) {
        byte[] bytes = new byte[length];
        out.get(at, bytes);
        return bytes;
    }
}
