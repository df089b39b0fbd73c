/** Ethernet frames, IPv4 packets, TCP segments and DNS messages as a link needs to read, change and make them. */
@NullMarked
package io.fieldloop.qemu.link.packet;

import org.jspecify.annotations.NullMarked;
