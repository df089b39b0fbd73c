/** ESP32 flash images: boot images, partition table, app description and OTA data, read, checked and written. */
@NullMarked
package io.fieldloop.qemu.flash;

import org.jspecify.annotations.NullMarked;
