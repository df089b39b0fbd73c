/** The one record of what happened in a run: who did what when; no judgement and no rendering. */
@NullMarked
package io.fieldloop.scenario.journal;

import org.jspecify.annotations.NullMarked;
