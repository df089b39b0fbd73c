/** The firmware's side of the UART: how 78/esp-ml307 commands a modem, its quirks among it. */
@NullMarked
package io.fieldloop.device.modem.driver;

import org.jspecify.annotations.NullMarked;
