/** What every part of one device shares: its clock, its console and its state. */
@NullMarked
package io.fieldloop.device.context;

import org.jspecify.annotations.NullMarked;
