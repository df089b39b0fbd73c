/** The network's end of a PPP session over a serial line: frames, what both ends agree upon, the name of the user. No sockets. */
@NullMarked
package io.fieldloop.device.modem.ppp;

import org.jspecify.annotations.NullMarked;
