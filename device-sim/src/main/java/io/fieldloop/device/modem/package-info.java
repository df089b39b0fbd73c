/** A cellular modem on a UART, and its sockets over the device's link; its commands as data, and who gives them, have places of their own. */
@NullMarked
package io.fieldloop.device.modem;

import org.jspecify.annotations.NullMarked;
