/**
 * The 4G link on Ethernet frames: the relay between a firmware's NIC and QEMU's user network, its sockets, and what it
 * does to packets. What a link is like is data in {@code io.fieldloop.device.link.profile}; what is drawn from it is
 * arithmetic shared with the stream link, in {@code io.fieldloop.device.link.model}.
 */
@NullMarked
package io.fieldloop.qemu.link;

import org.jspecify.annotations.NullMarked;
