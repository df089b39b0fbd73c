/** Bytes as an ESP32 stores them: little endian, with the ROM's CRC; no formats. */
@NullMarked
package io.fieldloop.qemu.bytes;

import org.jspecify.annotations.NullMarked;
