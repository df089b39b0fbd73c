/** A cellular modem on a UART: its command grammar as data, its sockets over the device's link; who commands it is not in here. */
@NullMarked
package io.fieldloop.device.modem;

import org.jspecify.annotations.NullMarked;
