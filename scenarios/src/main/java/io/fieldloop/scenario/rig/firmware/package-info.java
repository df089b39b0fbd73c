/** The rig in which devices are firmware in QEMU: choice, set-up, control and console. What QEMU needs is in {@code io.fieldloop.qemu}. */
@NullMarked
package io.fieldloop.scenario.rig.firmware;

import org.jspecify.annotations.NullMarked;
