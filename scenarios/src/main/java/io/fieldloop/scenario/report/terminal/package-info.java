/** The run on a terminal, live or as plain lines. */
@NullMarked
package io.fieldloop.scenario.report.terminal;

import org.jspecify.annotations.NullMarked;
