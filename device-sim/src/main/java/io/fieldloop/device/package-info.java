/** The simulated ESP32: its profile, its life cycle and the events it reports. */
@NullMarked
package io.fieldloop.device;

import org.jspecify.annotations.NullMarked;
