package io.fieldloop.qemu.flash;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A linked program for Xtensa with whatever segments a test wants. */
final class HandMadeElf {
    private final List<int[]> addresses = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();
    private int machine = 94;

    /** As the reference firmware is linked: start and data in RAM, constants and code in flash. */
    static HandMadeElf firmware() {
        return new HandMadeElf()
                .segment(0x3f400020, 0x10020, new byte[0x123])
                .segment(0x400d0020, 0x20020, new byte[0x2001])
                .segment(0x3ffb0000, 0x3ffb0000, new byte[] {1, 2, 3, 4, 5})
                .segment(0x40080000, 0x40080000, new byte[0x500]);
    }

    HandMadeElf segment(int address, int loadAddress, byte[] data) {
        addresses.add(new int[] {address, loadAddress});
        contents.add(data);
        return this;
    }

    HandMadeElf machine(int code) {
        machine = code;
        return this;
    }

    byte[] bytes() {
        ByteBuffer header = ByteBuffer.allocate(52 + 32 * contents.size()).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1}).position(16); // 32 bits, little endian
        header.putShort((short) 2).putShort((short) machine).putInt(1); // linked
        header.putInt(0x40080478).putInt(52).putInt(0).putInt(0); // entry, program headers
        header.putShort((short) 52).putShort((short) 32).putShort((short) contents.size());
        header.position(52);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int i = 0; i < contents.size(); i++) {
            int length = contents.get(i).length;
            header.putInt(1).putInt(header.capacity() + data.size()); // to be loaded, place in the file
            header.putInt(addresses.get(i)[0]).putInt(addresses.get(i)[1]);
            header.putInt(length).putInt(length + 64).putInt(5).putInt(4); // sizes in file and memory
            data.writeBytes(contents.get(i));
        }
        byte[] file = new byte[header.capacity() + data.size()];
        System.arraycopy(header.array(), 0, file, 0, header.capacity());
        System.arraycopy(data.toByteArray(), 0, file, header.capacity(), data.size());
        return file;
    }
}
