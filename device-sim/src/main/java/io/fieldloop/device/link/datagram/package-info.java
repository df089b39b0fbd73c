/** The link under a datagram socket: drops, delays, reorders and duplicates, and plays the operator's NAT. */
@NullMarked
package io.fieldloop.device.link.datagram;

import org.jspecify.annotations.NullMarked;
