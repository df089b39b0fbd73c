/** The third rig: devices are firmware in QEMU; how it is chosen, set up, driven and heard. What QEMU needs is in {@code io.fieldloop.qemu}. */
@NullMarked
package io.fieldloop.scenario.rig.firmware;

import org.jspecify.annotations.NullMarked;
