/** The admin listener: health, metrics, sessions, refusals and the device test page over HTTP; it changes nothing in the gateway. */
@NullMarked
package io.fieldloop.server.admin;

import org.jspecify.annotations.NullMarked;
