/** What a QEMU machine is and how QEMU is told to be it: profiles, command lines, eFuses, binaries. Starts nothing but QEMU's own help. */
@NullMarked
package io.fieldloop.qemu.machine;

import org.jspecify.annotations.NullMarked;
