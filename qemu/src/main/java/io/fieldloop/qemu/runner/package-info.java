/** Firmware running in QEMU: starting, hearing, resetting, ending, and leaving nothing behind. */
@NullMarked
package io.fieldloop.qemu.runner;

import org.jspecify.annotations.NullMarked;
