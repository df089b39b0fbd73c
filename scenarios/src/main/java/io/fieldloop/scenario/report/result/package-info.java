/** What a run keeps of itself so that another one can go on, join it with others, or compare: plan and results as JSON. */
@NullMarked
package io.fieldloop.scenario.report.result;

import org.jspecify.annotations.NullMarked;
