package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a linked program says of itself: where it begins, and what goes where (32 bits, little endian; ELF specification,
 * "Program Header").
 */
record ElfFile(long entry, List<Part> parts) {
    private static final long MAGIC = 0x464c457fL;
    private static final int HEADER_LENGTH = 52;
    private static final int PART_LENGTH = 32;
    private static final int EXECUTABLE = 2;
    private static final int MACHINE_XTENSA = 94;
    private static final int LOAD = 1;

    ElfFile {
        parts = List.copyOf(parts);
    }

    /**
     * A piece of the program.
     *
     * @param address where it is when the program runs
     * @param loadAddress where it is stored until then
     */
    record Part(long address, long loadAddress, Bytes data) {
        long end() {
            return address + data.length();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "the segment at 0x%08x with 0x%x bytes", address, data.length());
        }
    }

    /** Reads a program for the chip's cores; pieces without bytes in the file are left out. */
    static ElfFile read(Bytes file) {
        if (file.length() < HEADER_LENGTH || file.u32(0) != MAGIC) {
            throw new FlashImageException("this is no ELF file; give the linked program, such as out/esp32.elf.");
        }
        if (file.u8(4) != 1 || file.u16(16) != EXECUTABLE || file.u16(18) != MACHINE_XTENSA) {
            throw new FlashImageException("this is an ELF file, but no linked 32-bit program for Xtensa, which an ESP32"
                    + " has; give the program made for the board esp32.");
        }
        List<Part> parts = new ArrayList<>();
        long at = file.u32(28);
        for (int i = 0; i < file.u16(44); i++) {
            Bytes header = part(file, at + (long) i * PART_LENGTH, PART_LENGTH);
            if (header.u32(0) == LOAD && header.u32(16) > 0) {
                Bytes data = part(file, header.u32(4), header.u32(16));
                parts.add(new Part(header.u32(8), header.u32(12), data));
            }
        }
        return new ElfFile(file.u32(24), parts);
    }

    private static Bytes part(Bytes file, long at, long length) {
        if (at + length > file.length()) {
            throw new FlashImageException(String.format(
                    Locale.ROOT,
                    "truncated at offset 0x%x: the ELF file goes on to at least 0x%x; copy or build it again.",
                    file.length(),
                    at + length));
        }
        return file.slice((int) at, (int) length);
    }
}
