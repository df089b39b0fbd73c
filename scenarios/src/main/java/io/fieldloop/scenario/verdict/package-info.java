/** What a run concluded: verdicts of expectations, scenarios and whole runs, with their evidence. */
@NullMarked
package io.fieldloop.scenario.verdict;

import org.jspecify.annotations.NullMarked;
