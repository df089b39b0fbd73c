/** What a run leaves behind and what it tells while it goes: the run directory and the listener; no judgement. */
@NullMarked
package io.fieldloop.scenario.report;

import org.jspecify.annotations.NullMarked;
