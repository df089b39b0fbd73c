/** From what a capture holds to what failed and why: a finding for each connection, in the words of the device's reasons. */
@NullMarked
package io.fieldloop.scenario.diagnose.verdict;

import org.jspecify.annotations.NullMarked;
