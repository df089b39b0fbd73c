package io.fieldloop.qemu.flash.nvs;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.bytes.RomCrc32;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one page of 4096 bytes: its header, and those of its entries that are written and whole. */
final class NvsPage {
    private static final Bytes NOTHING = Bytes.of();

    private final Bytes page;
    private final String name;
    private final List<String> damage;

    NvsPage(Bytes page, int number, List<String> damage) {
        this.page = page;
        this.name = "page " + number;
        this.damage = damage;
    }

    long sequence() {
        return page.u32(4);
    }

    /** Whether there is anything to read, as the firmware decides it. */
    boolean isUsable() {
        long state = page.u32(0);
        if (state == NvsFormat.PAGE_UNINITIALISED) {
            if (!page.isErased()) {
                damage.add(name + " has no header, but is not erased either.");
            }
            return false;
        }
        if ((int) page.u32(NvsFormat.HEADER_CRC_AT) != RomCrc32.of(page.slice(4, 24))) {
            damage.add(name + " has a wrong CRC in its header.");
            return false;
        }
        if (page.u8(8) < NvsFormat.VERSION_2) {
            throw new NvsException(
                    name + " has NVS format version " + (256 - page.u8(8)) + "; versions 1 and 2 can be read.");
        }
        if (state != NvsFormat.PAGE_ACTIVE && state != NvsFormat.PAGE_FULL && state != NvsFormat.PAGE_FREEING) {
            damage.add(String.format(Locale.ROOT, "%s has state 0x%08x, which stands for a broken page.", name, state));
            return false;
        }
        return true;
    }

    /** Adds the page's entries in the order they were written. */
    void readInto(List<NvsEntry> entries) {
        int index = 0;
        while (index < NvsFormat.ENTRIES) {
            index += isWritten(index) ? readEntry(index, entries) : 1;
        }
    }

    private boolean isWritten(int index) {
        int bit = index * 2;
        int states = page.u8(NvsFormat.BITMAP_AT + bit / 8) >> (bit % 8);
        return (states & 0b11) == NvsFormat.STATE_WRITTEN;
    }

    /** Returns how many places it takes. */
    private int readEntry(int index, List<NvsEntry> entries) {
        Bytes entry = page.slice(NvsFormat.entryAt(index), NvsFormat.ENTRY_LENGTH);
        int span = entry.u8(2);
        Optional<NvsType> type = NvsType.withCode(entry.u8(1));
        if ((int) entry.u32(NvsFormat.CRC_AT) != crc(entry)) {
            damage.add("entry " + index + " of " + name + " has a wrong CRC.");
            return 1;
        }
        String key = entry.text(NvsFormat.KEY_AT, NvsFormat.KEY_LENGTH);
        if (type.isEmpty() || span == 0 || index + span > NvsFormat.ENTRIES) {
            damage.add(String.format(
                    Locale.ROOT,
                    "entry %d of %s (\"%s\") has type 0x%02x and takes %d places, which cannot be.",
                    index,
                    name,
                    key,
                    entry.u8(1),
                    span));
            return 1;
        }
        Bytes data = type.get().hasData() ? data(entry, index, span) : NOTHING;
        if (data == null) {
            damage.add("entry " + index + " of " + name + " (\"" + key + "\") has data with a wrong CRC.");
        } else {
            Bytes field = entry.slice(NvsFormat.DATA_AT, 8);
            entries.add(new NvsEntry(entry.u8(0), type.get(), entry.u8(3), key, field, data));
        }
        return span;
    }

    /** The CRC covers the entry without the CRC's own place. */
    static int crc(Bytes entry) {
        return RomCrc32.of(entry.slice(0, NvsFormat.CRC_AT), entry.slice(NvsFormat.KEY_AT, 24));
    }

    private @Nullable Bytes data(Bytes entry, int index, int span) {
        int length = entry.u16(NvsFormat.DATA_AT);
        if (NvsFormat.entriesFor(length) != span - 1) {
            return null;
        }
        Bytes data = page.slice(NvsFormat.entryAt(index) + NvsFormat.ENTRY_LENGTH, length);
        return (int) entry.u32(NvsFormat.DATA_CRC_AT) == RomCrc32.of(data) ? data : null;
    }
}
