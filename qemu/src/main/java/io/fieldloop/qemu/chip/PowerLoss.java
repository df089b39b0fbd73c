package io.fieldloop.qemu.chip;

/** When, of one program or erase of the flash, the power goes. */
public enum PowerLoss {
    /** Nothing of it is in the flash. */
    BEFORE,
    /** A part of it is: the first half of its bytes, and of the byte where it stopped half of the bits. */
    TORN,
    /** All of it is. */
    AFTER
}
