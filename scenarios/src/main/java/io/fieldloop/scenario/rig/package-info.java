/** Places where a scenario can happen: its event loops, its clock, its addresses and how a device reaches the gateway. */
@NullMarked
package io.fieldloop.scenario.rig;

import org.jspecify.annotations.NullMarked;
