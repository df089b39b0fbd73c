/** The HTTP endpoint a device asks at boot: settings, activation and firmware. What it hands out is served elsewhere. */
@NullMarked
package io.fieldloop.server.ota;

import org.jspecify.annotations.NullMarked;
