/**
 * What a link decides, shared by whatever carries it out: radio, bandwidth, outages, NAT mappings, losses, how connections
 * end, and chance as a function of seed and packet. Nothing here knows channels, frames or sockets.
 */
@NullMarked
package io.fieldloop.device.link.model;

import org.jspecify.annotations.NullMarked;
