/** What a device does between power and its first channel: OTA check, activation, firmware update; its HTTP client is its own. */
@NullMarked
package io.fieldloop.device.ota;

import org.jspecify.annotations.NullMarked;
