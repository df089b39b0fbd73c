/** FAT12 and FAT16 volumes in data partitions, with ESP-IDF's wear levelling below them: read, changed, written. */
@NullMarked
package io.fieldloop.qemu.flash.fat;

import org.jspecify.annotations.NullMarked;
