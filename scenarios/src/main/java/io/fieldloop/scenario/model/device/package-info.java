/** What a scenario file says about one device: its profile, transports, modem, clock and trust. */
@NullMarked
package io.fieldloop.scenario.model.device;

import org.jspecify.annotations.NullMarked;
