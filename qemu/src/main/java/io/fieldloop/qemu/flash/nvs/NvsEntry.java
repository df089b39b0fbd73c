package io.fieldloop.qemu.flash.nvs;

import io.fieldloop.qemu.bytes.Bytes;

/**
 * One readable entry of a page.
 *
 * @param chunk number of a blob's piece; 255 for everything else
 * @param field the eight bytes for a number, or for size and CRC
 * @param data what follows in further entries, without padding
 */
record NvsEntry(int namespace, NvsType type, int chunk, String key, Bytes field, Bytes data) {}
