/** Words for people: durations, untrusted text made harmless, and the summary of a run as plain lines. */
@NullMarked
package io.fieldloop.scenario.report.text;

import org.jspecify.annotations.NullMarked;
