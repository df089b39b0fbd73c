package io.fieldloop.qemu.flash.nvs;

/**
 * The numbers of NVS pages and entries, from ESP-IDF's "Non-Volatile Storage Library", section Internals: a page is a
 * header of 32 bytes, two bits of state for each entry in 32 bytes, and 126 entries of 32 bytes.
 */
final class NvsFormat {
    static final int PAGE_LENGTH = 4096;
    static final int ENTRY_LENGTH = 32;
    static final int ENTRIES = 126;
    static final int BITMAP_AT = 32;
    static final int ENTRIES_AT = 64;

    static final long PAGE_UNINITIALISED = 0xffffffffL;
    static final long PAGE_ACTIVE = 0xfffffffeL;
    static final long PAGE_FULL = 0xfffffffcL;
    static final long PAGE_FREEING = 0xfffffff8L;

    /** The version byte counts down, so that newer versions can be programmed over older ones. */
    static final int VERSION_2 = 0xfe;

    static final int HEADER_CRC_AT = 28;

    static final int STATE_WRITTEN = 0b10;

    static final int CRC_AT = 4;
    static final int KEY_AT = 8;
    static final int KEY_LENGTH = 16;
    static final int DATA_AT = 24;
    static final int DATA_CRC_AT = 28;

    static final int NO_CHUNK = 0xff;

    private NvsFormat() {}

    static int entryAt(int index) {
        return ENTRIES_AT + index * ENTRY_LENGTH;
    }

    /** How many entries so many bytes of data take. */
    static int entriesFor(int bytes) {
        return (bytes + ENTRY_LENGTH - 1) / ENTRY_LENGTH;
    }
}
