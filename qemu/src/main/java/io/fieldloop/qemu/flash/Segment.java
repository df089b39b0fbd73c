package io.fieldloop.qemu.flash;

import io.fieldloop.qemu.bytes.Bytes;

/** A piece of an image and the address where the chip loads or maps it. */
public record Segment(long address, Bytes data) {
    static final int HEADER_LENGTH = 8;
}
