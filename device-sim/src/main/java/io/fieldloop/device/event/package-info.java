/** What a device reports: events, reasons, outcomes and states. Imports nothing else of this module. */
@NullMarked
package io.fieldloop.device.event;

import org.jspecify.annotations.NullMarked;
