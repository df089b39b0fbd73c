/** Packet captures in pcapng: what passed a link, the console beside it, and the secrets that decrypt it. */
@NullMarked
package io.fieldloop.qemu.capture;

import org.jspecify.annotations.NullMarked;
