/** Faults and link changes on a gateway that serves real devices, said in the words of scenario files; not runs of scenarios. */
@NullMarked
package io.fieldloop.scenario.live;

import org.jspecify.annotations.NullMarked;
