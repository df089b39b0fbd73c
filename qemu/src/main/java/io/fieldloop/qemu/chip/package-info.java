/** The flash chip of a running machine: seen write by write, and without power when a test wants it; no formats of what is in it. */
@NullMarked
package io.fieldloop.qemu.chip;

import org.jspecify.annotations.NullMarked;
