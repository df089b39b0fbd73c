/** The non-volatile storage partition of ESP-IDF, read and generated; it knows nothing of the image around it. */
@NullMarked
package io.fieldloop.qemu.flash.nvs;

import org.jspecify.annotations.NullMarked;
