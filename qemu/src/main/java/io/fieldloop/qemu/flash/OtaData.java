package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import io.fieldloop.qemu.bytes.RomCrc32;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which app the bootloader starts: two copies of {@code esp_ota_select_entry_t}, one in each sector of the OTA data
 * partition; the valid one with the higher sequence number counts.
 */
public record OtaData(List<Entry> entries) {
    public static final int LENGTH = 0x2000;

    private static final int SECTOR = 0x1000;
    private static final int ENTRY_LENGTH = 32;
    private static final int STATE_AT = 24;
    private static final long ERASED = 0xffffffffL;

    public OtaData {
        entries = List.copyOf(entries);
    }

    /** Nothing selected, as after an erase: the factory app runs, or the first slot where there is none. */
    public static OtaData erased() {
        return new OtaData(List.of(Entry.ERASED, Entry.ERASED));
    }

    /** Selects a slot the way a first update does. */
    public static OtaData selecting(int slot) {
        return new OtaData(List.of(new Entry(slot + 1L, OtaState.UNDEFINED, true), Entry.ERASED));
    }

    static OtaData read(Bytes partition) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < LENGTH; at += SECTOR) {
            Bytes entry = partition.slice(at, ENTRY_LENGTH);
            boolean crcMatches = (int) entry.u32(28) == RomCrc32.of(entry.slice(0, 4));
            entries.add(new Entry(entry.u32(0), OtaState.withCode((int) entry.u32(STATE_AT)), crcMatches));
        }
        return new OtaData(entries);
    }

    /** The entry the bootloader goes by. */
    public Optional<Entry> selected() {
        Entry best = null;
        for (Entry entry : entries) {
            if (entry.counts() && (best == null || entry.sequence() > best.sequence())) {
                best = entry;
            }
        }
        return Optional.ofNullable(best);
    }

    public Bytes toBytes() {
        ByteBuffer out = Bytes.erased(LENGTH);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.isErased()) {
                continue;
            }
            int at = i * SECTOR;
            out.putInt(at, (int) entry.sequence())
                    .putInt(at + STATE_AT, entry.state().code());
            out.putInt(at + 28, RomCrc32.of(Bytes.of(out).slice(at, 4)));
        }
        return Bytes.of(out);
    }

    /**
     * One of the two copies.
     *
     * @param sequence slot + 1, plus a multiple of the number of slots
     */
    public record Entry(long sequence, OtaState state, boolean crcMatches) {
        static final Entry ERASED = new Entry(OtaData.ERASED, OtaState.UNDEFINED, false);

        /** The slot it selects among so many. */
        public int slot(int slots) {
            return (int) ((sequence - 1) % slots);
        }

        boolean isErased() {
            return sequence == OtaData.ERASED;
        }

        boolean counts() {
            return !isErased() && sequence > 0 && crcMatches && state != OtaState.INVALID && state != OtaState.ABORTED;
        }
    }
}
