/**
 * The 4G link on a byte stream: its arithmetic, the channel handler and the TCP proxy that carry it out, and what they
 * report. What a link is like is data, in {@code profile}.
 */
@NullMarked
package io.fieldloop.device.link;

import org.jspecify.annotations.NullMarked;
