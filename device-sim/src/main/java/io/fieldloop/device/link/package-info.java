/**
 * One device's 4G link, and the TCP proxy that leads through it. What the link decides is in {@code model}, what carries it
 * out in {@code stream} and {@code datagram}, what it reports in {@code event}; what it is like is data, in {@code profile}.
 */
@NullMarked
package io.fieldloop.device.link;

import org.jspecify.annotations.NullMarked;
