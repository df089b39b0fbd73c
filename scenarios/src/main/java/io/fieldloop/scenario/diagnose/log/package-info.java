/**
 * Diagnoses of text logs: what a device's console or a server's log says, line by line, and the causes that follow from it. Where the
 * file comes from, and how a diagnosis is shown, is not known here.
 */
@NullMarked
package io.fieldloop.scenario.diagnose.log;

import org.jspecify.annotations.NullMarked;
