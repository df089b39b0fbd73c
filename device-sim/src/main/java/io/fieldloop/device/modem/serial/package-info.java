/** Modems that a real program talks to: serial lines over TCP, sockets of this machine. */
@NullMarked
package io.fieldloop.device.modem.serial;

import org.jspecify.annotations.NullMarked;
