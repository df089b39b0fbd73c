/** Firmware running in QEMU, as a process or in a container: starting, hearing, resetting, ending, and leaving nothing behind. */
@NullMarked
package io.fieldloop.qemu.runner;

import org.jspecify.annotations.NullMarked;
