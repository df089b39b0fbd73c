/**
 * A link profile as arithmetic on nanoseconds, shared by whatever carries a link out: radio, bandwidth, outages, NAT
 * mappings, and chance as a function of seed and packet. Nothing here knows streams or frames.
 */
@NullMarked
package io.fieldloop.device.link.model;

import org.jspecify.annotations.NullMarked;
