/** The device's MQTT 3.1.1: its own codec, the client inside the firmware's network library, and the firmware's use of both. */
@NullMarked
package io.fieldloop.device.mqtt;

import org.jspecify.annotations.NullMarked;
